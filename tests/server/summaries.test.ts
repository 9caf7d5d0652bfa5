import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { summaryOf } from '../../server/summaries.ts'

const test = suite('server/summaries')

test('the busiest minute goes over columns and platforms', () => {
  const counts = { red: [1, 5, 4, 0], blue: [0, 1, 0, 0], grey: [0, 0, 0, 0] }
  assert.equal(summaryOf({ chatters: 3, column: 30_000, counts }), {
    chatters: 3,
    peak: 10,
    platforms: ['blue', 'red'],
  })
})

test('of a column that is longer than a minute, its average minute counts', () => {
  assert.is(summaryOf({ chatters: 1, column: 300_000, counts: { red: [10, 50] } }).peak, 10)
})

test('a stream in which nobody wrote has none of it', () => {
  assert.equal(summaryOf({ chatters: 0, column: 60_000, counts: {} }), { chatters: 0, peak: 0, platforms: [] })
})

test.run()
