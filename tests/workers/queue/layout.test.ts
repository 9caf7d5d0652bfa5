import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allocateQueue, HEAD_BYTES, viewQueue, WORD } from '../../../workers/queue/layout.ts'

const test = suite('queue layout')

test('rounds a ring up to a power of two', () => {
  assert.is(viewQueue(allocateQueue(5_000)).capacity, 8_192)
  assert.is(viewQueue(allocateQueue(8_192)).capacity, 8_192)
})

test('refuses a ring that is too small, too large or no whole number, and says the value', () => {
  assert.throws(() => allocateQueue(12), /A ring needs 1024 to 1073741824 bytes, got 12\./)
  assert.throws(() => allocateQueue(2 ** 31), /got 2147483648/)
  assert.throws(() => allocateQueue(2_000.5), /got 2000\.5/)
})

test('keeps the words of writer and reader on cache lines of their own', () => {
  const line = (word: number) => Math.floor((word * 4) / 64)
  const lines = [WORD.lock, WORD.tail, WORD.head, WORD.bell, WORD.job].map(line)
  assert.is(new Set(lines).size, lines.length)
  assert.ok(Math.max(...lines) < HEAD_BYTES / 64)
})

test.run()
