import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drawnTo, isPicked, linesOf, NOTHING_PICKED, type Place, toggled } from '../../../admin/state/picked.ts'

const test = suite('admin/state/picked')
const place = (seq: number): Place => ({ seq, at: seq * 1_000 })
const from = (seq: number) => toggled(NOTHING_PICKED, place(seq))

test('chooses single lines, and takes them out again', () => {
  const two = toggled(from(9), place(4))
  assert.is(linesOf(two), '4,9')
  assert.ok(isPicked(two, 4))
  assert.not(isPicked(two, 5))
  assert.is(linesOf(toggled(two, place(4))), '9')
  assert.is(linesOf(NOTHING_PICKED), '')
})

test('draws a stretch from line to line, in either direction, which grows and shrinks', () => {
  const long = drawnTo(from(5), place(9), null)
  assert.is(linesOf(long), '5-9')
  assert.is(linesOf(drawnTo(long, place(7), null)), '5-7')
  assert.is(linesOf(drawnTo(long, place(2), null)), '2-5')
  assert.is(linesOf(drawnTo(NOTHING_PICKED, place(3), null)), '3')
})

test('keeps what was chosen before, and joins what touches', () => {
  const more = toggled(drawnTo(from(1), place(3), null), place(8))
  assert.is(linesOf(drawnTo(more, place(6), null)), '1-3,6-8')
  assert.is(linesOf(drawnTo(more, place(4), null)), '1-8')
})

test('takes a line out of a stretch', () => {
  const stretch = drawnTo(from(1), place(5), null)
  assert.is(linesOf(toggled(stretch, place(3))), '1-2,4-5')
  assert.is(linesOf(toggled(stretch, place(5))), '1-4')
})

test('draws over nothing but what is shown while only some lines are', () => {
  assert.is(linesOf(drawnTo(from(2), place(9), [2, 4, 9, 12].map(place))), '2,4,9')
})

test.run()
