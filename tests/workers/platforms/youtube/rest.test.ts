import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Rest, Stopped } from '../../../../workers/platforms/youtube/rest.ts'

const test = suite('youtube rest')
const FOR_EVER = Number.POSITIVE_INFINITY

async function stopped(waiting: Promise<unknown>): Promise<void> {
  await waiting.then(
    () => assert.unreachable(),
    (error: unknown) => assert.ok(error instanceof Stopped),
  )
}

test('waits for its time, or until somebody asks to try at once, and says which', async () => {
  const rest = new Rest()
  assert.is(await rest.wait(1), false)
  const waiting = rest.wait(FOR_EVER)
  rest.wake()
  assert.is(await waiting, true)
  rest.wake()
  assert.is(await rest.wait(1), false, 'who asked before has been heard')
})

test('ends no pause because somebody asks to try at once', async () => {
  const rest = new Rest()
  let over = false
  await rest.wait(1)
  const pausing = rest.pause(FOR_EVER).finally(() => {
    over = true
  })
  rest.wake()
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
  assert.is(over, false)
  rest.stop()
  await stopped(pausing)
  await new Rest().pause(1)
})

test('ends every wait with the source, and begins none after it', async () => {
  const rest = new Rest()
  const waiting = rest.wait(FOR_EVER)
  rest.stop()
  await stopped(waiting)
  await stopped(rest.wait(1))
  await stopped(rest.pause(1))
})

test.run()
