import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PACE_MINUTES } from '../../../admin/state/feed.ts'
import { linePath, perMinute, series } from '../../../admin/state/pace.ts'

const test = suite('admin/state/pace')

const MINUTE = 60_000
const pace = [
  { minute: 98, counts: { red: 4 } },
  { minute: 100, counts: { red: 2, blue: 3 } },
]

test('counts the last whole minute, or the running one when there is no other', () => {
  assert.is(perMinute(pace, 101 * MINUTE), 5)
  assert.is(perMinute(pace, 100.5 * MINUTE), 5)
  assert.is(perMinute(pace, 200 * MINUTE), 0)
})

test('fills minutes without messages with zero', () => {
  const values = series(pace, 'red', 100 * MINUTE)
  assert.is(values.length, PACE_MINUTES)
  assert.equal(values.slice(-4), [0, 4, 0, 2])
})

test('draws a line inside its box', () => {
  assert.is(linePath([0, 10], 10), 'M0.0 54.0L300.0 2.0')
  assert.is(linePath([0, 0], 0), 'M0.0 54.0L300.0 54.0')
})

test.run()
