import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pageClock } from '../../overlay/page-clock.ts'

const test = suite('overlay/page-clock')

test('goes on when the system’s clock is put back', () => {
  const { now } = Date
  const before = pageClock()
  Date.now = () => now() - 86_400_000
  try {
    assert.ok(pageClock() >= before)
  } finally {
    Date.now = now
  }
})

test.run()
