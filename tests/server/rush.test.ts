import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CALLS_AT_ONCE, LITTLE_CALLS_AT_ONCE, Rush } from '../../server/rush.ts'
import { Pace } from '../../workers/pace.ts'

const test = suite('rush')

test('begins a few calls of one caller at once and the rest one a turn of the loop; nobody else waits', async () => {
  const rush = new Rush(new Pace())
  let begun = 0
  const call = async () => {
    begun++
    await new Promise<void>((resolve) => ends.push(resolve))
  }
  const ends: (() => void)[] = []
  const all = Array.from({ length: CALLS_AT_ONCE + 4 }, () => rush.take('loud', false, call))
  assert.is(begun, CALLS_AT_ONCE)
  await rush.take('quiet', false, async () => assert.is(begun, CALLS_AT_ONCE))
  const seen = [begun]
  while (begun < CALLS_AT_ONCE + 4) {
    await new Promise((resolve) => setImmediate(resolve))
    seen.push(begun)
  }
  const together = seen.slice(1).map((count, nth) => count - (seen[nth] ?? 0))
  // The first two may fall into the same turn of the loop.
  assert.ok((together[0] ?? 0) <= 2 && together.slice(1).every((calls) => calls <= 1), together.join())
  for (const end of ends) end()
  await Promise.all(all)
})

test('lets more calls that cost little begin at once, and those no more than so many', async () => {
  const rush = new Rush(new Pace())
  let begun = 0
  const never = async () => {
    begun++
    await new Promise<void>(() => {})
  }
  for (let nth = 0; nth < CALLS_AT_ONCE + 4; nth++) void rush.take('lively', true, never)
  assert.is(begun, CALLS_AT_ONCE + 4)
  for (let nth = 0; nth < LITTLE_CALLS_AT_ONCE; nth++) void rush.take('lively', true, never)
  assert.is(begun, LITTLE_CALLS_AT_ONCE)
})

test('takes its turns with whatever else is done in pieces', async () => {
  const pace = new Pace()
  const rush = new Rush(pace)
  const order: string[] = []
  const held = Array.from({ length: CALLS_AT_ONCE }, () => rush.take('loud', false, () => new Promise<void>(() => {})))
  const pieces = ['export', 'export', 'export'].map((what) => pace.piece('loud', async () => void order.push(what)))
  const call = rush.take('loud', false, async () => void order.push('loud call'))
  const other = pace.piece('quiet', async () => void order.push('quiet export'))
  await Promise.all([...pieces, call, other])
  assert.is(held.length, CALLS_AT_ONCE)
  assert.equal(order, ['export', 'export', 'quiet export', 'export', 'loud call'])
})

test('forgets a call that is done, however it ended', async () => {
  const rush = new Rush(new Pace())
  for (let nth = 0; nth < 3 * CALLS_AT_ONCE; nth++) {
    const failed = rush.take('k', false, () => Promise.reject(new Error('no')))
    assert.is(await failed.catch((error: Error) => error.message), 'no')
  }
  let begun = false
  const next = rush.take('k', false, async () => {
    begun = true
  })
  assert.ok(begun)
  await next
})

test.run()
