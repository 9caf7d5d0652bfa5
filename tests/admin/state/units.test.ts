import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bytes, figure, micros, millis, percent } from '../../../admin/state/units.ts'

const test = suite('admin/state/units')

test('keeps three digits', () => {
  assert.equal([0, 3.256, 48.34, 512.6].map(figure), ['0', '3.26', '48.3', '513'])
})

test('counts bytes in the unit in which they are few', () => {
  assert.equal([0, 1_023, 4_200, 8 * 1_024 * 1_024].map(bytes), ['0 B', '1023 B', '4.1 kB', '8 MB'])
})

test('writes times from microseconds to seconds', () => {
  assert.equal([0.81, 340, 1_600, 2_100_000].map(micros), ['0.81 µs', '340 µs', '1.6 ms', '2.1 s'])
  assert.equal([12.5, 2_500].map(millis), ['12.5 ms', '2.5 s'])
})

test('writes small shares so that they can be seen', () => {
  assert.equal([0, 0.0002, 0.483, 1].map(percent), ['0 %', '0.02 %', '48.3 %', '100 %'])
})

test.run()
