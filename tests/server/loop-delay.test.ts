import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LoopDelay } from '../../server/loop-delay.ts'

const test = suite('server/loop-delay')
const HELD_UP_MS = 120

const nextTimers = () => new Promise((resolve) => setTimeout(resolve, 40))

test('tells of a hold-up that began right after a turn, and forgets it after two more', async () => {
  const delay = new LoopDelay()
  await nextTimers()
  delay.turn()
  for (const began = performance.now(); performance.now() - began < HELD_UP_MS; );
  await nextTimers()
  const { p50, max } = delay.turn()
  assert.ok(max > HELD_UP_MS / 2, `held up for ${HELD_UP_MS} ms, told ${max}`)
  assert.ok(p50 < max)
  await nextTimers()
  delay.turn()
  await nextTimers()
  assert.ok(delay.turn().max < HELD_UP_MS / 2)
  delay.close()
})

test.run()
