import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  clock,
  dayAndTime,
  duration,
  hours,
  machineTime,
  since,
  timeOfDay,
  until,
} from '../../../admin/state/format.ts'

const test = suite('admin/state/format')

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN

test('shows a running clock, with hours only when there are some', () => {
  assert.is(clock(7 * S), '0:07')
  assert.is(clock(12 * MIN + 5 * S), '12:05')
  assert.is(clock(H + 42 * MIN + 10 * S), '1:42:10')
  assert.is(clock(101 * H), '101:00:00')
})

test('shows no time below zero when clocks differ', () => {
  assert.is(clock(-3 * S), '0:00')
  assert.is(duration(-1), '0 s')
  assert.is(since(-1), '0 s')
})

test('shows lengths in the units that matter', () => {
  assert.is(duration(42 * S), '42 s')
  assert.is(duration(7 * MIN + 59 * S), '7 min')
  assert.is(duration(4 * H), '4 h')
  assert.is(duration(H + 42 * MIN), '1 h 42 min')
})

test('says how long ago in the largest unit', () => {
  assert.is(since(12 * S), '12 s')
  assert.is(since(10 * MIN), '10 min')
  assert.is(since(5 * H), '5 h')
  assert.is(since(49 * H), '2 d')
})

test('counts down to at least a second, in minutes when it is long', () => {
  assert.is(until(4_200), '5 s')
  assert.is(until(-50), '1 s')
  assert.is(until(99_000), '99 s')
  assert.is(until(270_000), '5 min')
})

test('writes times that machines read', () => {
  assert.is(machineTime(0), '1970-01-01T00:00:00.000Z')
})

test('tells the time by the clock that the person wants', () => {
  const at = new Date(2026, 10, 27, 20, 14, 3).getTime()
  assert.is(timeOfDay(at), '20:14:03')
  hours.value = '12'
  assert.match(timeOfDay(at), /^8:14:03\sPM$/)
  assert.match(dayAndTime(at), /8:14\sPM$/)
  hours.value = '24'
  assert.match(dayAndTime(at), /20:14$/)
})

test.run()
