import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LONGEST_SILENT_MS, SILENT_MS, Silence } from '../../server/silence.ts'

const test = suite('silence')

test('is too long once the thread could have answered for two seconds', () => {
  const silence = new Silence()
  silence.begin(1_000)
  assert.not.ok(silence.tooLong(1_000 + SILENT_MS, 0))
  assert.ok(silence.tooLong(1_001 + SILENT_MS, 0))
  silence.broken(2_000, 0)
  assert.not.ok(silence.tooLong(1_001 + SILENT_MS, 0), 'it answered meanwhile')
})

test('does not count the time in which others had the processor', () => {
  const silence = new Silence()
  silence.begin(0)
  silence.broken(1_000, 700)
  assert.not.ok(silence.tooLong(1_000 + SILENT_MS + 500, 700 + 500))
  assert.ok(silence.tooLong(1_001 + SILENT_MS + 500, 700 + 500), 'what it waited before counts once')
})

test('takes a delay that could not be had for none since the last one', () => {
  const silence = new Silence()
  silence.begin(0)
  silence.broken(1_000, 700)
  assert.not.ok(silence.tooLong(1_000 + SILENT_MS, 0))
  silence.broken(2_000, 0)
  assert.ok(silence.tooLong(2_001 + SILENT_MS, 700))
})

test('is too long in any case after six seconds', () => {
  const silence = new Silence()
  silence.begin(0)
  assert.not.ok(silence.tooLong(LONGEST_SILENT_MS, LONGEST_SILENT_MS))
  assert.ok(silence.tooLong(LONGEST_SILENT_MS + 1, LONGEST_SILENT_MS + 1))
})

test('of the next thread begins where it may be expected to answer', () => {
  const silence = new Silence()
  silence.broken(500, 400)
  silence.begin(5_000)
  assert.not.ok(silence.tooLong(5_000 + SILENT_MS, 0))
  silence.broken(2_000, 0)
  assert.ok(silence.tooLong(5_001 + SILENT_MS, 0), 'what comes before that does not bring it forward')
})

test.run()
