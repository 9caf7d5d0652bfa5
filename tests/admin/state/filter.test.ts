import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EMPTY_FEED, feed } from '../../../admin/state/feed.ts'
import { filterRows, NO_FILTER } from '../../../admin/state/filter.ts'
import { clear, message, notice } from '../events.ts'

const test = suite('admin/state/filter')

const author = (name: string) => ({ id: name, name, roles: [], badges: [] })
const { rows } = feed(EMPTY_FEED, {
  type: 'events',
  events: [
    message(1, { author: author('Ada Kestrel'), text: 'what Keyboard is that?' }),
    message(2, { platform: 'blue', id: 'blue:2', author: author('teacup_dragon'), text: 'gg' }),
    notice(3, { parts: [{ type: 'text', text: 'fourteen months' }] }),
    clear(4),
  ],
})
const seqs = (text: string, without: string[] = []) =>
  filterRows(rows, { ...NO_FILTER, text, without: new Set(without) }).map((row) => row.event.seq)

test('gives the very same rows when nothing is filtered', () => {
  assert.is(filterRows(rows, NO_FILTER), rows)
  assert.is(filterRows(rows, { ...NO_FILTER, text: '  ' }), rows)
})

test('finds words in names and texts in any case, all of them', () => {
  assert.equal(seqs('keyboard'), [1])
  assert.equal(seqs('ADA that'), [1])
  assert.equal(seqs('ada gg'), [])
  assert.equal(seqs('TEACUP'), [2])
})

test('finds the words somebody added to a notice', () => {
  assert.equal(seqs('fourteen'), [3])
})

test('leaves out platforms that are switched off, and dividers', () => {
  assert.equal(seqs('', ['red']), [2])
})

test('finds whoever has a role, and first messages', () => {
  const { rows: some } = feed(EMPTY_FEED, {
    type: 'events',
    events: [
      message(1, { author: { ...author('Ada'), roles: ['mod'] } }),
      message(2, { first: true }),
      message(3),
      clear(4),
    ],
  })
  const of = (role: 'mod' | 'first' | 'vip') => filterRows(some, { ...NO_FILTER, role }).map(({ event }) => event.seq)
  assert.equal([of('mod'), of('first'), of('vip')], [[1], [2], []])
})

test.run()
