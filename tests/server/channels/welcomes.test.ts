import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WELCOME_WITHIN_MS, Welcomes } from '../../../server/channels/welcomes.ts'

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
  const all = Array.from({ length: 6 }, () =>
    welcomes.take('c', async () => {
      await store
      at.push(turns)
    }),
  )
  answer()
  await Promise.all(all)
  goOn = false
  // The first two may fall into the same turn of the loop.
  assert.is(new Set(at.slice(1)).size, 5, at.join())
})

test('does not wait without an end for one whose store stalls, and gives it late', async () => {
  const welcomes = new Welcomes()
  const order: string[] = []
  let answer = () => {}
  const stalls = new Promise<void>((resolve) => {
    answer = resolve
  })
  const late = welcomes.take('slow', async () => {
    await stalls
    order.push('late')
  })
  // The server's own wait keeps no process alive.
  const alive = setInterval(() => {}, WELCOME_WITHIN_MS)
  await welcomes.take('quick', async () => void order.push('quick'))
  clearInterval(alive)
  answer()
  await late
  assert.equal(order, ['quick', 'late'])
})

test('hands on how one failed, and goes on', async () => {
  const welcomes = new Welcomes()
  const failing = welcomes.take('c', () => Promise.reject(new Error('no store')))
  const next = welcomes.take('c', async () => {})
  assert.is(await failing.catch((error: Error) => error.message), 'no store')
  await next
})

test.run()
