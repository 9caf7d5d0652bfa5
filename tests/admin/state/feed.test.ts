import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  EMPTY_FEED,
  type FeedState,
  feed,
  MAX_ROWS,
  PACE_MINUTES,
  setPaused,
  withSources,
} from '../../../admin/state/feed.ts'
import type { ChatEvent } from '../../../server/protocol.ts'
import { clear, message, notice, remove, restore, welcome } from '../events.ts'
import { followed, source } from '../source-views.ts'

const test = suite('admin/state/feed')

const play = (events: ChatEvent[], state: FeedState = EMPTY_FEED) => feed(state, { type: 'events', events })
const ids = (state: FeedState) => state.rows.map((row) => row.event.id)
const MINUTE = 60_000

test('adds rows in order and takes no event twice', () => {
  const once = play([message(1), message(2)])
  const again = play([message(2), message(3)], once)
  assert.equal(ids(again), ['red:1', 'red:2', 'red:3'])
  assert.is(play([message(3)], again), again)
})

test('keeps the identity of rows that did not change', () => {
  const before = play([message(1), message(2)])
  const after = play([message(3), remove(4, { id: 'red:2' })], before)
  assert.is(after.rows[0], before.rows[0])
  assert.is.not(after.rows[1], before.rows[1])
})

test('keeps at most the newest 500 rows', () => {
  const state = play(Array.from({ length: MAX_ROWS + 20 }, (_, i) => message(i + 1)))
  assert.is(state.rows.length, MAX_ROWS)
  assert.is(state.rows[0]?.event.id, 'red:21')
})

test('strikes one row by id and says who did it', () => {
  const state = play([message(1), message(2), remove(3, { id: 'red:1' }, { by: 'panel', platform: 'crosschat' })])
  assert.equal(
    state.rows.map((row) => row.removedBy),
    ['panel', undefined],
  )
})

test('shows a released message as a new row where it was released', () => {
  const before = play([message(1, { hidden: 'held:link' }), message(2)])
  const { hidden: _, ...event } = message(1, { hidden: 'held:link' })
  const release = { ...restore(3, { id: 'red:1' }), events: [{ ...event, seq: 3 }], released: true as const }
  const after = play([release], before)
  assert.equal(ids(after), ['red:2', 'red:1'])
  assert.is(after.rows[1]?.event.hidden, undefined)
  assert.ok((after.rows[1]?.n ?? 0) > (before.rows[1]?.n ?? 0))
})

test('strikes all rows of an author, on that platform only', () => {
  const blue = message(2, { platform: 'blue', id: 'blue:2' })
  const state = play([message(1), blue, notice(3, { author: message(1).author }), remove(4, { authorId: 'p1' })])
  assert.equal(
    state.rows.map((row) => row.removedBy),
    ['platform', undefined, 'platform'],
  )
})

test('leaves the first reason standing when a struck row is removed again', () => {
  const state = play([message(1), remove(2, { id: 'red:1' }, { by: 'panel' }), remove(3, { id: 'red:1' })])
  assert.is(state.rows[0]?.removedBy, 'panel')
})

test('strikes what a clear takes away and marks its place', () => {
  const blue = message(2, { platform: 'blue', id: 'blue:2' })
  const byPlatform = play([message(1), blue, clear(3)])
  assert.equal(
    byPlatform.rows.map((row) => row.removedBy),
    ['platform', undefined, undefined],
  )
  assert.is(byPlatform.rows[2]?.event.kind, 'clear')
  const byPanel = play([clear(4, { by: 'panel' })], byPlatform)
  assert.equal(
    byPanel.rows.map((row) => row.removedBy),
    ['platform', undefined, undefined, undefined],
    'a moderator only empties the overlays',
  )
})

test('gives back what a moderator hid, and nothing that the platform removed', () => {
  const hidden = play([
    message(1),
    message(2),
    message(3),
    remove(4, { id: 'red:1' }, { by: 'panel' }),
    remove(5, { id: 'red:2' }, { by: 'panel' }),
    remove(6, { id: 'red:2' }),
    remove(7, { id: 'red:3' }),
  ])
  const back = play(
    [1, 2, 3].map((nth) => restore(7 + nth, { id: `red:${nth}` })),
    hidden,
  )
  assert.equal(
    back.rows.map((row) => row.removedBy),
    [undefined, 'platform', 'platform'],
  )
})

test('gives back what was hidden with its author, and not what was hidden by itself', () => {
  const authorId = message(1).author.id
  const hidden = play([
    message(1),
    message(2),
    remove(3, { id: 'red:1' }, { by: 'panel' }),
    remove(4, { authorId }, { by: 'panel' }),
    restore(5, { authorId }),
  ])
  assert.equal(
    hidden.rows.map((row) => row.removedBy),
    ['panel', undefined],
  )
})

test('knows what is featured and whether the overlays are held empty, from the welcome on', () => {
  const greeted = feed(EMPTY_FEED, welcome({ featured: message(1), panic: true, slow: true }))
  assert.is(greeted.featured?.id, 'red:1')
  assert.equal([greeted.panic, greeted.slow], [true, true])
  const later = feed(feed(greeted, { type: 'panic', on: false }), { type: 'featured', event: null })
  assert.equal([later.featured, later.panic, later.slow], [null, false, true])
  assert.is(feed(later, { type: 'slow', on: false }).slow, false)
})

test('keeps rows readable when a stream starts', () => {
  const state = play([message(1), clear(2, { by: 'stream' })])
  assert.is(state.rows[0]?.removedBy, undefined)
  assert.is(state.rows.length, 2)
})

test('holds rows still while paused and lets them in afterwards', () => {
  const paused = play([message(2), message(3)], setPaused(play([message(1)]), true))
  assert.equal(ids(paused), ['red:1'])
  assert.is(paused.heldCount, 2)
  const on = setPaused(paused, false)
  assert.equal(ids(on), ['red:1', 'red:2', 'red:3'])
  assert.is(on.heldCount, 0)
})

test('counts all that came while paused, keeps the newest 500', () => {
  const many = Array.from({ length: MAX_ROWS + 7 }, (_, i) => message(i + 1))
  const paused = play(many, setPaused(EMPTY_FEED, true))
  assert.is(paused.heldCount, MAX_ROWS + 7)
  assert.is(paused.held.length, MAX_ROWS)
})

test('strikes what is removed while it is still held', () => {
  const paused = play([message(1), remove(2, { id: 'red:1' })], setPaused(EMPTY_FEED, true))
  assert.is(setPaused(paused, false).rows[0]?.removedBy, 'platform')
})

test('goes on where it stood when the server resumes', () => {
  const before = play([message(1)], feed(EMPTY_FEED, welcome()))
  const after = play([message(2)], feed(before, welcome({ recovered: true, seq: 2 })))
  assert.equal(ids(after), ['red:1', 'red:2'])
})

test('starts anew from a snapshot, with numbers that never come back', () => {
  const before = play([message(1), message(2)])
  const after = play([message(1)], feed(before, welcome({ epoch: 'e2', seq: 1 })))
  assert.equal(ids(after), ['red:1'])
  assert.is(after.rows[0]?.n, 3)
})

test('follows the state of the stream and of the overlays', () => {
  const live = feed(EMPTY_FEED, { type: 'stream', live: true, startedAt: 5, title: 'Friday', id: 's1' })
  assert.equal(live.stream, { live: true, startedAt: 5, title: 'Friday', id: 's1' })
  const seen = { obs: '2.26.9', version: '32.2.2', engine: '127.0.6533.120', report: null }
  const held = { count: 2, changes: 3 }
  const overlays = [{ overlay: 'o1', name: '', since: 1, ...seen }]
  const told = feed(live, { type: 'status', overlays, messages: 9, lastAt: 7, sources: [source('red')], held })
  assert.equal(told.status, { overlays, messages: 9, lastAt: 7, held })
  assert.equal(told.sources, [source('red')])
})

test('takes an answer about one source and leaves the others as they are', () => {
  const before = withSources(EMPTY_FEED, [source('red'), source('blue')])
  const after = withSources(before, [followed('blue')])
  assert.equal(after.sources, [source('red'), followed('blue')])
  assert.is(after.sources?.[0], before.sources?.[0])
})

test('counts messages a minute for half an hour', () => {
  const at = (seq: number, minute: number, platform = 'red') =>
    message(seq, { receivedAt: minute * MINUTE, platform, id: `${platform}:${seq}` })
  const state = play([at(1, 100), at(2, 100, 'blue'), at(3, 101), clear(4)])
  assert.equal(state.pace, [
    { minute: 100, counts: { red: 1, blue: 1 } },
    { minute: 101, counts: { red: 1 } },
  ])
  const later = play(
    Array.from({ length: PACE_MINUTES + 5 }, (_, i) => at(i + 5, 200 + i)),
    state,
  )
  assert.is(later.pace.length, PACE_MINUTES)
})

test('remembers when each platform was last heard', () => {
  const state = play([message(1, { receivedAt: 7 }), message(2, { receivedAt: 9, platform: 'blue', id: 'blue:2' })])
  assert.equal(state.lastAt, { red: 7, blue: 9 })
})

test.run()
