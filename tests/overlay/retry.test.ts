import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pauseAfter } from '../../overlay/retry.ts'
import { CLOSE } from '../../server/protocol.ts'

const test = suite('overlay/retry')
const BROKEN = 1006

test('doubles the pause from half a second up to 30, plus or minus half', () => {
  const middle = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((failures) => pauseAfter(BROKEN, failures, 0.5))
  assert.equal(middle, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  assert.is(pauseAfter(BROKEN, 1, 0), 250)
  assert.is(pauseAfter(BROKEN, 1, 1), 750)
  assert.is(pauseAfter(BROKEN, 50, 1), 30_000)
  assert.is(pauseAfter(BROKEN, 5_000, 0), 15_000)
})

test('never comes back after a bad or withdrawn key', () => {
  assert.is(pauseAfter(CLOSE.badKey, 1, 0.5), null)
  assert.is(pauseAfter(CLOSE.withdrawn, 1, 0.5), null)
})

test('comes back at once when it was too slow, but not in a circle', () => {
  assert.is(pauseAfter(CLOSE.tooSlow, 1, 0.5), 0)
  assert.ok((pauseAfter(CLOSE.tooSlow, 2, 0.5) ?? 0) > 0)
})

test('gives a restarting server one to five seconds', () => {
  assert.is(pauseAfter(CLOSE.restart, 1, 0), 1_000)
  assert.is(pauseAfter(CLOSE.restart, 1, 1), 5_000)
})

test.run()
