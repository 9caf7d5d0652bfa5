import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Marks } from '../../server/marks.ts'

const test = suite('marks')

test('lists what was added, oldest first', () => {
  const marks = new Marks(1_000)
  for (let mark = 1; mark <= 300; mark++) marks.add(mark)
  assert.equal(
    [...marks.list()],
    Array.from({ length: 300 }, (_, index) => index + 1),
  )
})

test('keeps the newest up to its limit, in order, however many were added', () => {
  for (const count of [999, 1_000, 1_001, 2_500, 4_000]) {
    const marks = new Marks(1_000)
    for (let mark = 1; mark <= count; mark++) marks.add(mark)
    const kept = Math.min(count, 1_000)
    assert.equal(
      [...marks.list()],
      Array.from({ length: kept }, (_, index) => count - kept + index + 1),
      String(count),
    )
  }
})

test('gives a copy', () => {
  const marks = new Marks(10)
  marks.add(1)
  marks.list()[0] = 9
  assert.equal([...marks.list()], [1])
})

test.run()
