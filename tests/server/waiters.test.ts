import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Waiters } from '../../server/waiters.ts'

const test = suite('waiters')
const LONG_MS = 60_000

test('wake those for whom it holds, and no others', async () => {
  const waiters = new Waiters()
  const woken: string[] = []
  let reached = 1
  const first = waiters.within(() => reached >= 2, LONG_MS).then(() => woken.push('first'))
  const second = waiters.within(() => reached >= 3, LONG_MS).then(() => woken.push('second'))
  reached = 2
  waiters.look()
  await first
  assert.equal(woken, ['first'])
  waiters.wakeAll()
  await second
  assert.equal(woken, ['first', 'second'])
})

test('wait for nothing that holds already, and for no longer than they may', async () => {
  const waiters = new Waiters()
  await waiters.within(() => true, LONG_MS)
  await waiters.within(() => false, 1)
})

test.run()
