import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { forwardClock } from '../../../server/auth/forward-clock.ts'

const test = suite('forward clock')

test('follows the time of day forward, and goes on by itself where that is set back', () => {
  const at = { wall: 1_000_000, steady: 0 }
  const now = forwardClock(
    () => at.wall,
    () => at.steady,
  )
  const told: number[] = []
  for (const [wall, steady] of [
    [1_000_000, 0],
    [1_000_500, 500],
    [5_000_500, 1_000],
    [1_001_500, 1_500],
    [1_002_000, 2_000],
    [9_000_000, 2_500],
  ] as const) {
    Object.assign(at, { wall, steady })
    told.push(now())
  }
  assert.equal(told, [1_000_000, 1_000_500, 5_000_500, 5_001_000, 5_001_500, 9_000_000])
})

test.run()
