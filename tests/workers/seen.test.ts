import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Seen } from '../../workers/seen.ts'

const test = suite('seen')

test('knows what was added', () => {
  const seen = new Seen(10)
  assert.is(seen.has(1), false)
  seen.add(1)
  assert.is(seen.has(1), true)
})

test('remembers at least its limit, and never more than twice that', () => {
  const seen = new Seen(1_000)
  for (let mark = 1; mark <= 10_001; mark++) seen.add(mark)
  const known = Array.from({ length: 10_001 }, (_, index) => index + 1).filter((mark) => seen.has(mark))
  assert.ok(known.length >= 1_000 && known.length <= 2_000, String(known.length))
  assert.is(known.at(-1), 10_001)
  assert.is(known[0], 10_001 - known.length + 1, 'the newest, without a hole')
})

test.run()
