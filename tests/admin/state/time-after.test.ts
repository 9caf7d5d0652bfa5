import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { timeAfter } from '../../../admin/state/time-after.ts'

const test = suite('admin/state/time-after')
const at = (day: number, hours: number, minutes: number, seconds = 0) =>
  new Date(2026, 2, day, hours, minutes, seconds).getTime()

test('a time of the same evening, of the minute it began in, and behind midnight', () => {
  const began = at(14, 20, 15, 30)
  assert.is(timeAfter(began, '21:40'), at(14, 21, 40))
  assert.is(timeAfter(began, '20:15'), at(14, 20, 15))
  assert.is(timeAfter(began, '20:14'), at(15, 20, 14))
  assert.is(timeAfter(began, '00:30'), at(15, 0, 30))
})

test('what is no time is none', () => {
  for (const typed of ['', '9', 'noon']) assert.is(timeAfter(at(14, 20, 0), typed), null)
})

test.run()
