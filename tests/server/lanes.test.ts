import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../server/errors.ts'
import { Lanes, MAX_WAITING_CALLS } from '../../server/lanes.ts'

const test = suite('lanes')

/** Work that goes on until it is let go. */
function works() {
  const running: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => running.push(resolve))
  return { running, work }
}
async function take<T>(lanes: Lanes, key: string, work: () => Promise<T>): Promise<T> {
  const leave = await lanes.enter(key)
  return work().finally(leave)
}
const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve))

test('lets so many go on for each key, and the next in order', async () => {
  const lanes = new Lanes(2)
  const { running, work } = works()
  const all = [1, 2, 3, 4].map(() => take(lanes, 'loud', work))
  const other = take(lanes, 'quiet', async () => 'at once')
  assert.is(await other, 'at once')
  assert.is(running.length, 2)
  for (let done = 0; done < 4; done++) {
    running[done]?.()
    await turnOfTheLoop()
  }
  await Promise.all(all)
})

test('gives the place of one that failed to the next', async () => {
  const lanes = new Lanes(1)
  const failed = take(lanes, 'k', async () => {
    throw new Error('no')
  })
  const next = take(lanes, 'k', async () => 'next')
  await failed.catch(() => undefined)
  assert.is(await next, 'next')
})

test('refuses what would wait behind too many', async () => {
  const lanes = new Lanes(1)
  const { running, work } = works()
  const taken = Array.from({ length: 1 + MAX_WAITING_CALLS }, () => take(lanes, 'k', work))
  const refused = await take(lanes, 'k', work).catch((error: unknown) => error)
  assert.instance(refused, CrossChatError)
  assert.is((refused as CrossChatError).code, 'too_many')
  for (let done = 0; done < taken.length; done++) {
    running[done]?.()
    await turnOfTheLoop()
  }
  await Promise.all(taken)
})

test.run()
