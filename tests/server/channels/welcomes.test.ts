import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { AT_ONCE_MS, MOST_ASKED, Welcomes } from '../../../server/channels/welcomes.ts'

const test = suite('channels/welcomes')

test('gives one at a time, also where what all of them ask for comes at once', async () => {
  const welcomes = new Welcomes()
  let answer = () => {}
  const store = new Promise<void>((resolve) => {
    answer = resolve
  })
  let turns = 0
  let goOn = true
  const loop = () => {
    turns++
    if (goOn) setImmediate(loop)
  }
  loop()
  const at: number[] = []
  const all = Array.from({ length: 6 }, () => welcomes.ask('c', () => store).then(() => at.push(turns)))
  setTimeout(answer, 2 * AT_ONCE_MS)
  await Promise.all(all)
  goOn = false
  // The first two may fall into the same turn of the loop.
  assert.is(new Set(at.slice(1)).size, 5, at.join())
})

test('asks a store that is always slow no more than so often, and the others meanwhile', async () => {
  const welcomes = new Welcomes()
  const order: string[] = []
  let asked = 0
  const slow = welcomes.ask('slow', () => {
    asked++
    return new Promise<void>((resolve) => setTimeout(resolve, 2 * AT_ONCE_MS))
  })
  await welcomes.ask('quick', async () => void order.push('quick'))
  await slow.then(() => order.push('slow'))
  assert.is(asked, MOST_ASKED)
  assert.equal(order, ['quick', 'slow'])
})

test('hands on how one failed, and goes on', async () => {
  const welcomes = new Welcomes()
  const failing = welcomes.ask('c', () => Promise.reject(new Error('no store')))
  const next = welcomes.ask('c', async () => 'next')
  assert.is(await failing.catch((error: Error) => error.message), 'no store')
  assert.is(await next, 'next')
})

test.run()
