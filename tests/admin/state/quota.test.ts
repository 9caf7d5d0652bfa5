import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dayAndTime, minuteOfDay, number } from '../../../admin/state/format.ts'
import { meterOf } from '../../../admin/state/quota.ts'

const test = suite('admin/state/quota')
const H = 3_600_000

test('says what is used in numbers and when it begins anew', () => {
  const meter = meterOf({ used: 8_240, limit: 10_000, resetsAt: 2 * H }, 0)
  assert.is(meter.words, `${number(8_240)} of ${number(10_000)}`)
  assert.is(meter.again, `Begins anew at ${minuteOfDay(2 * H)}.`)
  assert.is(meter.scarce, 8_000)
  assert.is(meter.spent, false)
})

test('names the day when that is not within a day', () => {
  assert.is(meterOf({ used: 1, limit: 2, resetsAt: 30 * H }, 0).again, `Begins anew at ${dayAndTime(30 * H)}.`)
})

test('is full when all is used, and stays within its scale beyond that', () => {
  const meter = meterOf({ used: 12_000, limit: 10_000, resetsAt: 0 }, 0)
  assert.is(meter.spent, true)
  assert.is(meter.used, 10_000)
  assert.is(meter.words, `${number(12_000)} of ${number(10_000)}`)
})

test.run()
