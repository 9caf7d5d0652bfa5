import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { message } from '../help/doors.ts'
import { Book } from '../soak/nodes/book.ts'

const test = suite('simulation/book')
/** The second home began after the third event of the first. */
const TERMS = [
  { epoch: 'e1', seq: 0 },
  { epoch: 'e2', seq: 3 },
]
const line = (seq: number, id: string) => ({ ...message(seq, id), id })

test('puts what only its sender heard of behind the end of its home, also where it came anew with the next', () => {
  const book = new Book()
  book.heard('e1', [line(1, 'a'), line(2, 'b'), line(3, 'c')])
  for (const [seq, id] of [
    [3, 'c'],
    [4, 'd'],
    [5, 'e'],
    [5, 'd'],
  ] as const)
    book.answered('', { id, seq })
  book.heard('e2', [line(4, 'x'), line(5, 'd')])
  const { order, epochs, conflicts } = book.written(TERMS)
  assert.equal(
    order.map(({ epoch, seq, id, unheard = false }) => [epoch, seq, id, unheard]),
    [
      ['e1', 1, 'a', false],
      ['e1', 2, 'b', false],
      ['e1', 3, 'c', false],
      ['e1', 4, 'd', true],
      ['e1', 5, 'e', true],
      ['e2', 4, 'x', false],
      ['e2', 5, 'd', false],
    ],
  )
  assert.is(epochs.get('e2')?.before, 5)
  assert.equal(conflicts, [])
})

test('places what went with its node and was a duplicate there, where nobody was told its numbers', () => {
  const book = new Book()
  book.heard('e1', [line(1, 'a')])
  book.heard('e2', [line(4, 'x')])
  book.repeated(['a', 'b', 'c'])
  const { order } = book.written(TERMS)
  assert.equal(
    order.map(({ epoch, id, unheard = false }) => [epoch, id, unheard]),
    [
      ['e1', 'a', false],
      ['e1', 'b', true],
      ['e1', 'c', true],
      ['e2', 'x', false],
    ],
  )
})

test.run()
