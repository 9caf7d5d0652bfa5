import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Moment } from '../../overlay/life.ts'
import { MAX_ENTERING } from '../../overlay/life.ts'
import { emptyMemory, isToldTogether, MAX_IDS, TOLD_WITHIN_MS } from '../../overlay/memory.ts'
import type { Decide } from '../../overlay/query.ts'
import { decider } from '../../overlay/settings.ts'
import type { FeedState } from '../../overlay/state.ts'
import { initialState, isBehind, MAX_FILLED, nextTick, reduce, reduceAll, resumePlace } from '../../overlay/state.ts'
import type { Word } from '../../overlay/words.ts'
import type { ChosenSettings, OverlaySettings } from '../../server/look.ts'
import { DEFAULT_SETTINGS } from '../../server/look-defaults.ts'
import { lookOf } from '../../server/look-themes.ts'
import type { ChatEvent, Welcome } from '../../server/protocol.ts'
import { about, clear, message, NOW, notice, remove, restore } from './samples.ts'

const at = (now: number, visible = true): Moment => ({ now, visible })

function welcome(more: Partial<Welcome> = {}): Welcome {
  const stream = { live: false, startedAt: null, title: null }
  const frame = {
    type: 'welcome',
    epoch: 'e1',
    seq: 0,
    recovered: false,
    build: 'b1',
    featured: null,
    panic: false,
    slow: false,
    platforms: about,
    stream,
  } as const
  return { ...frame, settings: UNPACED, ...more }
}

const FADE_MS = 200
/** Everything, as fast as it comes. */
const UNPACED = {
  ...DEFAULT_SETTINGS,
  ratePerSecond: 1_000,
  events: ['sub', 'gift', 'cheer', 'superchat', 'raid', 'follow', 'announce'],
} satisfies OverlaySettings

/** Before the first word of the server. */
const fresh = (decide: Decide = ({ settings }) => settings) => initialState({ settings: UNPACED }, decide)

/** Events numbered from `first`. */
function events(first: number, ...drafts: ChatEvent[]): Word {
  return { type: 'events', events: drafts.map((draft, i) => ({ ...draft, seq: first + i })) }
}

/** A feed that is live, with nothing drawn yet. */
function live(chosen: ChosenSettings = {}, decide?: Decide): FeedState {
  const settings = { ...UNPACED, ...chosen }
  return play(fresh(decide), welcome({ settings }), { type: 'beat', seq: 0 })
}

function play(state: FeedState, ...words: Word[]): FeedState {
  return words.reduce((now, word) => reduce(now, word, at(NOW)), state)
}

const ids = (state: FeedState) => state.rows.map((row) => row.id).join(' ')
const many = (count: number, from = 1) => Array.from({ length: count }, (_, i) => message(`m${from + i}`))

const rows = suite('overlay/state: rows')

rows('draws messages and notices in order, newest last', () => {
  const state = play(live(), events(1, message('a'), notice('b', 'raid', 'raid'), message('c')))
  assert.is(ids(state), 'a b c')
})

rows('gives what was missed the rest of its lifetime, whatever the clocks of page and server say', () => {
  for (const ahead of [-600_000, 0, 25_000]) {
    const settings = { ...UNPACED, lifetime: 20, backlog: 10 }
    const first = play(fresh(), welcome({ settings, seq: 1, now: NOW - ahead }))
    const came = { ...message('a'), receivedAt: NOW - ahead - 5_000 }
    const state = play(first, events(1, came))
    assert.equal(
      state.rows.map(({ until }) => until),
      [NOW + 15_000],
      `the page is ${ahead} ms ahead`,
    )
  }
})

rows('counts the lifetime of what was missed from when it was due', () => {
  const settings = { ...UNPACED, lifetime: 20, delaySeconds: 30, backlog: 10 }
  const came = (id: string, agoMs: number) => ({ ...message(id), receivedAt: NOW - agoMs })
  const state = play(
    fresh(),
    welcome({ settings, seq: 3 }),
    events(1, came('old', 55_000), came('due', 40_000), came('new', 10_000)),
  )
  assert.equal(
    [ids(state), state.rows[0]?.until, state.waiting.map(({ event }) => event.id)],
    ['due', NOW + 10_000, ['new']],
  )
})

rows('shows what is featured when a moderator has given the picture back meanwhile', () => {
  const held = play(live(), { type: 'panic', on: true })
  const star = { ...message('star'), seq: 0 } as Welcome['featured']
  assert.is(play(held, welcome({ featured: star })).featured?.id, 'star')
  assert.is(play(live(), welcome({ featured: star, panic: true })).featured, null)
})

rows('leaves the state it was given as it was', () => {
  const before = live()
  play(before, events(1, message('a'), remove({ id: 'z' })))
  assert.is(ids(before), '')
  assert.is(before.memory.gone.size, 0)
  assert.is(before.place?.seq, 0)
})

rows('drops what stands at or before its place in the same epoch', () => {
  const state = play(live(), events(1, message('a'), message('b')), events(2, message('x'), message('c')))
  assert.is(ids(state), 'a b c')
  assert.is(state.place?.seq, 3)
})

rows('draws an id once, however often it is delivered and long after it was pushed out', () => {
  const state = play(live({ maxMessages: 2 }), events(1, message('a')), events(2, ...many(5)), events(7, message('a')))
  assert.is(ids(state), 'm4 m5')
})

rows('keeps no more rows than the settings say, within one batch too', () => {
  assert.is(ids(play(live({ maxMessages: 3 }), events(1, ...many(500)))), 'm498 m499 m500')
  assert.is(ids(play(live({ maxMessages: 1 }), events(1, ...many(3)))), 'm3')
})

rows('never draws a hidden event', () => {
  assert.is(ids(play(live(), events(1, message('a', { hidden: 'words' }), message('b')))), 'b')
})

rows('gives one batch the same rows as its words one by one', () => {
  const words = [events(1, ...many(4)), events(5, remove({ id: 'm2' })), events(6, message('z'))]
  assert.is(ids(reduceAll(live(), words, at(NOW))), ids(play(live(), ...words)))
})

rows.run()

const removals = suite('overlay/state: removals')

removals('takes one row by id', () => {
  assert.is(ids(play(live(), events(1, ...many(3), remove({ id: 'm2' })))), 'm1 m3')
})

removals('takes all rows of an author on that platform only', () => {
  const other = { id: 'u2', name: 'Bo', roles: [], badges: [] }
  const state = play(
    live(),
    events(
      1,
      message('a'),
      message('b', { author: other }),
      message('c', { platform: 'kick' }),
      notice('d', 'sub', 's'),
    ),
    events(5, remove({ authorId: 'u1' })),
  )
  assert.is(ids(state), 'b c d')
})

removals('remembers a removal of what has not arrived yet', () => {
  const early = play(live(), events(1, remove({ id: 'm1' })), events(2, ...many(2)))
  assert.is(ids(early), 'm2')
})

removals('gives back nothing before what it stood behind, where that still waits', () => {
  const delayed = live({ delaySeconds: 3 })
  const log = many(3).map((event, nth) => ({ ...event, seq: nth + 1 }))
  const [, second] = log
  assert.ok(second)
  const back = restore({ id: 'm2' }, [{ ...second, receivedAt: NOW + 86_400_000 }])
  const waiting = play(delayed, events(1, ...log), events(4, remove({ id: 'm2' }, { by: 'panel' }), back))
  assert.is(ids(reduce(waiting, { type: 'tick' }, at(NOW + 3_000))), 'm1 m2 m3')
  const released = restore({ id: 'm4' }, [{ ...message('m4'), seq: 4 }])
  assert.is(ids(reduceAll(live(), [events(1, ...log), events(4, released)], at(NOW))), 'm1 m2 m3 m4')
})

removals('lets an author whose past was removed write again', () => {
  assert.is(ids(play(live(), events(1, message('a'), remove({ authorId: 'u1' }), message('b')))), 'b')
})

removals('does not resurrect an author’s older message from a snapshot of another epoch', () => {
  const removed = play(live(), events(1, message('a'), remove({ authorId: 'u1' }, { receivedAt: NOW + 10 })))
  const later = message('b', { receivedAt: NOW + 20 })
  const state = play(
    removed,
    welcome({ epoch: 'e2', seq: 2 }),
    events(1, message('c', { receivedAt: NOW + 9 }), { ...later }),
  )
  assert.is(ids(state), 'b')
})

removals('clears a platform’s rows for a platform’s clear, all rows for panel and stream', () => {
  const filled = play(live(), events(1, message('a'), message('b', { platform: 'kick' })))
  assert.is(ids(play(filled, events(3, clear('platform')))), 'b')
  assert.is(ids(play(filled, events(3, clear('panel', { platform: 'crosschat' })))), '')
  assert.is(ids(play(filled, events(3, clear('stream', { platform: 'crosschat' }), message('c')))), 'c')
})

removals('keeps what it remembers bounded', () => {
  let state = live()
  for (let i = 0; i < MAX_IDS + 500; i += 100) {
    const batch = Array.from({ length: 100 }, (_, n) => remove({ id: `gone-${i + n}` }))
    state = play(state, events(1 + i * 2, ...batch), events(101 + i * 2, ...many(100, i)))
  }
  assert.is(state.memory.gone.size, MAX_IDS)
  assert.is(state.memory.seen.size, MAX_IDS)
  assert.ok(state.memory.gone.has(`gone-${MAX_IDS + 499}`))
})

removals.run()

const past = suite('overlay/state: the past')

past('draws only the backlog when the page loads, without motion', () => {
  const snapshot = [welcome({ seq: 10, settings: { ...UNPACED, backlog: 3 } }), events(1, ...many(10))]
  const state = play(fresh(), ...snapshot)
  assert.is(ids(state), 'm8 m9 m10')
  assert.not.ok(state.rows.some((row) => row.enters))
  assert.equal(state.place, { epoch: 'e1', seq: 10 })
})

past('draws nothing of it by default, and what comes then with motion', () => {
  const state = play(fresh(), welcome({ seq: 10 }), events(1, ...many(10)), events(11, message('new')))
  assert.is(ids(state), 'new')
  assert.ok(state.rows[0]?.enters)
})

past('counts the backlog after removals in it', () => {
  const settings = { ...UNPACED, backlog: 2 }
  const state = play(fresh(), welcome({ seq: 5, settings }), events(1, ...many(4), remove({ id: 'm4' })))
  assert.is(ids(state), 'm2 m3')
})

past('takes live events behind the snapshot of the same frame as live', () => {
  const state = play(fresh(), welcome({ seq: 2 }), events(1, ...many(3)))
  assert.is(ids(state), 'm3')
})

past('resumes with exactly what was missed, without motion', () => {
  const before = play(live(), events(1, ...many(3)))
  const state = play(before, welcome({ seq: 5, recovered: true }), events(4, ...many(2, 4)), events(6, message('z')))
  assert.is(ids(state), 'm1 m2 m3 m4 m5 z')
  assert.equal(
    state.rows.map((row) => row.enters),
    [true, true, true, false, false, true],
  )
})

past('asks again for a snapshot that did not come', () => {
  const waiting = play(fresh(), welcome({ seq: 9 }))
  assert.is(resumePlace(waiting), null)
  assert.equal(resumePlace(play(waiting, { type: 'beat', seq: 9 })), { epoch: 'e1', seq: 9 })
})

past('keeps its place when it breaks off before what was missed arrives', () => {
  const state = play(live(), events(1, ...many(3)), welcome({ seq: 8, recovered: true }))
  assert.equal(resumePlace(state), { epoch: 'e1', seq: 3 })
})

past('fills a gap with what is not on screen, keeping the rows that are', () => {
  const before = play(live(), events(1, ...many(3)))
  const gap = play(before, welcome({ epoch: 'e2', seq: 5, agreed: 3 }), events(1, ...many(5)))
  assert.is(ids(gap), 'm1 m2 m3 m4 m5')
  assert.is(gap.rows[1]?.event, before.rows[1]?.event)
  assert.not.ok(gap.rows[4]?.enters)
})

past('takes nothing past a hole, and asks again from where it stands', () => {
  const holed = play(live(), events(1, message('a')), events(4, message('d')))
  assert.is(ids(holed), 'a')
  assert.ok(isBehind(holed))
  assert.equal(resumePlace(holed), { epoch: 'e1', seq: 1 })
  const missed = events(2, message('b'), message('c'), message('d'))
  const filled = play(holed, welcome({ seq: 4, recovered: true }), missed)
  assert.is(ids(filled), 'a b c d')
  assert.not.ok(isBehind(filled))
})

past('keeps what the server no longer knows behind what it stood behind', () => {
  const before = play(live(), events(1, ...many(3), message('lost'), message('lost too')))
  const restarted = play(before, welcome({ epoch: 'e2', seq: 4 }), events(1, ...many(4)))
  assert.is(ids(restarted), 'm1 m2 m3 lost lost too m4')
  const between = play(live(), events(1, message('m1'), message('lost'), message('m2')))
  assert.is(ids(play(between, welcome({ epoch: 'e2', seq: 3 }), events(1, ...many(3)))), 'm1 lost m2 m3')
})

past(
  'puts what is given back among what counts as it does, and never before what a life counted that has ended',
  () => {
    const placed = (id: string, seq: number) => ({ ...message(id), seq })
    const back = (seq: number, given: ReturnType<typeof placed>) => [
      events(seq, remove({ id: given.id }, { by: 'panel' }), restore({ id: given.id }, [given])),
    ]
    const before = play(live(), events(1, ...many(3), message('lost'), message('lost too')))
    const known = play(before, welcome({ epoch: 'e2', seq: 3, agreed: 3 }), events(1, ...many(3)))
    const on = play(known, events(4, message('m4'), message('m5')))
    assert.is(ids(on), 'm1 m2 m3 lost lost too m4 m5')
    assert.is(ids(play(on, ...back(6, placed('m4', 4)))), 'm1 m2 m3 lost lost too m4 m5')
    assert.is(ids(play(on, ...back(6, placed('m3', 3)))), 'm1 m2 m3 lost lost too m4 m5')
    const anew = play(before, welcome({ epoch: 'e3', seq: 0 }), { type: 'events', events: [] })
    const counted = play(anew, events(1, message('a'), message('b')))
    assert.is(ids(play(counted, ...back(3, placed('a', 1)))), 'm1 m2 m3 lost lost too a b')
    assert.is(ids(play(counted, ...back(3, placed('b', 2)))), 'm1 m2 m3 lost lost too a b')
  },
)

past('fills at most 50 rows', () => {
  const before = play(live({ maxMessages: 100 }), events(1, message('a')))
  const settings = { ...UNPACED, maxMessages: 100 }
  const state = play(before, welcome({ epoch: 'e2', seq: 90, settings }), events(1, ...many(90)))
  assert.is(state.rows.length, 1 + MAX_FILLED)
  assert.is(state.rows[1]?.id, 'm41')
})

past('does not fill with what the page left out when it loaded', () => {
  const old = many(4)
  const news = message('new', { receivedAt: NOW + 5 })
  const loaded = play(fresh(), welcome({ seq: 4 }), events(1, ...old))
  const state = play(loaded, welcome({ epoch: 'e2', seq: 5 }), events(1, ...old, news))
  assert.is(ids(state), 'new')
})

past('does not bring back rows that were pushed out', () => {
  const before = play(live({ maxMessages: 2 }), events(1, ...many(5)))
  const settings = { ...UNPACED, maxMessages: 2 }
  assert.is(ids(play(before, welcome({ epoch: 'e2', seq: 5, settings }), events(1, ...many(5)))), 'm4 m5')
})

past('applies the snapshot’s removals to rows on screen', () => {
  const before = play(live(), events(1, ...many(3)))
  const state = play(before, welcome({ epoch: 'e2', seq: 4 }), events(1, ...many(3), remove({ id: 'm1' })))
  assert.is(ids(state), 'm2 m3')
})

past('takes nothing away of what a snapshot says stands, and leaves it in its place', () => {
  const other = { id: 'u2', name: 'Bo', roles: [], badges: [] }
  const log = [message('a'), message('b'), message('x', { author: other })]
  const before = play(live(), events(1, ...log))
  const [, back, another] = log
  assert.ok(back && another)
  const state = play(before, welcome({ epoch: 'e2', seq: 9 }), events(2, back, another, remove({ authorId: 'u1' })))
  assert.is(ids(state), 'b x')
})

past('keeps rows that came after a clear which the snapshot repeats', () => {
  const log = [message('a'), clear('panel'), message('b')]
  const before = play(live(), events(1, ...log))
  assert.is(ids(play(before, welcome({ epoch: 'e2', seq: 3 }), events(1, ...log))), 'b')
})

past('keeps what came after a removal that the snapshot repeats, also where a killed server no longer has it', () => {
  for (const taken of [clear('panel'), remove({ authorId: 'u1' })]) {
    const log = [message('a'), taken]
    const both = play(live(), events(1, ...log, message('b')))
    assert.is(ids(play(both, welcome({ epoch: 'e2', seq: 2, agreed: 2 }), events(2, taken))), 'b')
    const delayed = live({ delaySeconds: 3 })
    const { settings } = delayed
    const waiting = play(delayed, events(1, ...log, message('b')))
    const back = play(waiting, welcome({ epoch: 'e2', seq: 2, agreed: 2, settings }), events(2, taken))
    const again = play(back, events(3, message('b')))
    assert.is(ids(reduce(again, { type: 'tick' }, at(NOW + 3_000))), 'b')
  }
})

past('takes away the one that a removal in the snapshot means, whatever their numbers', () => {
  const before = play(live(), events(1, ...many(2)))
  assert.is(ids(play(before, welcome({ epoch: 'e2', seq: 2, agreed: 2 }), events(1, remove({ id: 'm2' })))), 'm1')
})

past('shows what is delayed in its order, whatever the server’s clock says', () => {
  const delayed = live({ delaySeconds: 3 })
  const early = message('b', { receivedAt: NOW - 86_400_000 })
  const waiting = play(
    delayed,
    events(1, message('a')),
    welcome({ seq: 2, recovered: true, settings: delayed.settings }),
  )
  const both = play(waiting, events(2, early))
  assert.is(ids(both), '', 'the second would be due at once')
  assert.is(ids(reduce(both, { type: 'tick' }, at(NOW + 3_000))), 'a b')
})

past('puts what was missed behind what still waits for its turn', () => {
  const settings = { ...UNPACED, ratePerSecond: 2 }
  const paced = play(live({ ratePerSecond: 2 }), events(1, ...many(4)))
  assert.is(ids(paced), 'm1 m2')
  const back = play(paced, welcome({ seq: 6, recovered: true, settings }), events(5, ...many(2, 5)))
  assert.is(ids(back), 'm1 m2 m3 m4 m5 m6')
})

past('comes back to where it stands also when there was nothing to show', () => {
  const state = play(fresh(), welcome({ seq: 7 }), { type: 'events', events: [] })
  assert.equal(resumePlace(state), { epoch: 'e1', seq: 7 })
})

past(
  'keeps nothing on screen, nor waiting, that was removed while it was away for longer than anybody remembers',
  () => {
    const minute = 60_000
    const before = play(live(), events(1, ...many(3)))
    const heard = reduce(before, { type: 'beat', seq: 3 }, at(NOW + minute))
    const back = (later: number) => reduce(heard, welcome({ epoch: 'e2', seq: 9 }), at(NOW + later))
    assert.is(ids(back(11 * minute)), 'm1 m2 m3')
    assert.is(ids(back(12 * minute)), '')
  },
)

past('keeps nothing on screen, nor waiting, of which the server no longer knows whether it was taken away', () => {
  const before = play(live({ delaySeconds: 5 }), events(1, ...many(3)))
  const shown = reduce(before, { type: 'tick' }, at(NOW + 6_000))
  assert.is(ids(shown), 'm1 m2 m3')
  const back = play(
    shown,
    events(4, message('waits')),
    welcome({ seq: 700, stale: true }),
    events(699, ...many(2, 699)),
  )
  assert.is(ids(back), 'm699 m700')
})

past('shows nothing older than the lifetime', () => {
  const settings = { ...UNPACED, lifetime: 20, backlog: 20 }
  const old = message('old', { receivedAt: NOW - 30_000 })
  const young = message('young', { receivedAt: NOW - 5_000 })
  const state = play(fresh(), welcome({ seq: 2, settings }), events(1, old, young))
  assert.is(ids(state), 'young')
  assert.is(state.rows[0]?.until, NOW + 15_000)
})

past('is behind when two beats name what has not come, and only then', () => {
  const state = play(live(), events(1, message('a')))
  const once = play(state, { type: 'beat', seq: 2 })
  assert.not.ok(isBehind(once))
  assert.ok(isBehind(play(once, { type: 'beat', seq: 2 })))
  assert.not.ok(isBehind(play(once, events(2, message('b')), { type: 'beat', seq: 2 }, { type: 'beat', seq: 2 })))
})

past.run()

const time = suite('overlay/state: time')

time('keeps a row for its lifetime, lets it fade, then takes it away', () => {
  const state = play(live({ lifetime: 10 }), events(1, message('a')))
  assert.is(nextTick(state), NOW + 10_000)
  const early = reduce(state, { type: 'tick' }, at(NOW + 9_999))
  assert.not.ok(early.rows[0]?.leaves)
  const due = reduce(early, { type: 'tick' }, at(NOW + 10_000))
  assert.ok(due.rows[0]?.leaves)
  assert.is(nextTick(due), NOW + 10_000 + FADE_MS)
  assert.is(ids(reduce(due, { type: 'tick' }, at(NOW + 10_000 + FADE_MS))), '')
})

time('takes rows away without fading while nobody looks', () => {
  const state = play(live({ lifetime: 10 }), events(1, message('a')))
  assert.is(ids(reduce(state, { type: 'tick' }, at(NOW + 10_000, false))), '')
})

time('keeps a row at least four seconds and 0.4 s a word', () => {
  const long = Array.from({ length: 25 }, () => 'word').join(' ')
  const state = play(live({ lifetime: 1 }), events(1, message('a'), message('b', { text: long })))
  assert.is(state.rows[0]?.until, NOW + 4_000)
  assert.is(state.rows[1]?.until, NOW + 10_000)
})

time('keeps rows for ever with lifetime 0', () => {
  assert.is(nextTick(play(live(), events(1, message('a')))), Infinity)
})

time('moves at most four rows in with one batch, the newest', () => {
  const state = play(live(), events(1, ...many(10)))
  assert.is(state.rows.filter((row) => row.enters).length, MAX_ENTERING)
  assert.ok(state.rows.at(-1)?.enters)
})

time('moves nothing above 15 messages a second, and again when it is calm', () => {
  let state = live()
  for (let i = 0; i < 30; i += 1) state = reduce(state, events(i + 1, message(`m${i}`)), at(NOW + i * 20))
  assert.not.ok(state.rows.at(-1)?.enters)
  state = reduce(state, events(31, message('calm')), at(NOW + 10_000))
  assert.ok(state.rows.at(-1)?.enters)
})

time('moves nothing while nobody looks', () => {
  assert.not.ok(reduce(live(), events(1, message('a')), at(NOW, false)).rows[0]?.enters)
})

time.run()

const settings = suite('overlay/state: settings')

const stored = (more: ChosenSettings): Word => ({
  type: 'settings',
  settings: { ...UNPACED, ...more },
})

settings('leaves out what they leave out: platforms, simulated, commands, bots', () => {
  const bot = { id: 'b', name: 'Robo', roles: ['bot' as const], badges: [] }
  const batch = events(
    1,
    message('plain'),
    message('kick', { platform: 'kick' }),
    message('sim', { simulated: true }),
    message('cmd', { text: '!help' }),
    message('bot', { author: bot }),
  )
  assert.is(ids(play(live(), batch)), 'plain kick sim')
  assert.is(ids(play(live({ platforms: ['kick'] }), batch)), 'kick')
  assert.is(ids(play(live({ simulated: false, hideCommands: false, hideBots: false }), batch)), 'plain kick cmd bot')
})

settings('act on rows that are on screen when they change', () => {
  const state = play(live(), events(1, message('a'), message('b', { platform: 'kick' }), message('c')))
  assert.is(ids(play(state, stored({ platforms: ['twitch'] }))), 'a c')
  assert.is(ids(play(state, stored({ maxMessages: 1 }))), 'c')
  assert.is(play(state, stored({ lifetime: 30 })).rows[0]?.until, NOW + 30_000)
})

settings('give way to the page’s own query, on welcome and later', () => {
  const state = play(live({ fontSize: 40 }, decider({ fontSize: 50 })), {
    type: 'settings',
    ...lookOf({ fontSize: 60, theme: 'captions' }),
  })
  assert.is(state.settings.fontSize, 50)
  assert.is(state.settings.theme, 'captions')
})

settings.run()

const pacing = suite('overlay/state: pace')

const paced = (rate: number) => live({ ratePerSecond: rate })
const after = (state: FeedState, ms: number) => reduce(state, { type: 'tick' }, at(NOW + ms))

pacing('shows no more than may be read a second, and leaves out the oldest of the surplus', () => {
  const state = play(paced(4), events(1, ...many(40)))
  assert.is(ids(state), 'm33 m34 m35 m36')
  assert.is(ids(after(state, 1_000)), 'm33 m34 m35 m36 m37 m38 m39 m40')
  assert.is(nextTick(state), NOW + 250)
  assert.is(state.place?.seq, 40)
})

pacing('leaves out moderators, VIPs and what was paid for last', () => {
  const mod = { id: 'm', name: 'Mo', roles: ['mod' as const], badges: [] }
  const paid = { kind: 'superchat' as const, amount: 5, display: '€5' }
  const batch = events(1, message('mod', { author: mod }), message('paid', { money: paid }), ...many(40))
  assert.is(ids(after(play(paced(2), batch), 1_000)), 'mod paid m39 m40')
})

pacing('shows moderators, VIPs and what was paid for before others that wait', () => {
  const mod = { id: 'm', name: 'Mo', roles: ['mod' as const], badges: [] }
  const state = play(paced(2), events(1, ...many(4), message('mod', { author: mod })))
  assert.is(ids(state), 'm2 mod')
  assert.is(ids(after(state, 1_000)), 'm2 mod m3 m4')
  const held = play(
    paced(1),
    events(1, message('a')),
    events(2, message('b')),
    events(3, message('mod', { author: mod })),
  )
  assert.is(ids(after(held, 1_000)), 'a mod')
})

pacing('shows a message a second while a moderator slows the picture down, whatever rate is set', () => {
  const slow = play(live({ ratePerSecond: 30 }), { type: 'slow', on: true }, events(1, ...many(10)))
  assert.is(ids(slow), 'm9')
  assert.is(nextTick(slow), NOW + 1_000)
  assert.is(ids(after(slow, 999)), 'm9')
  assert.is(ids(after(slow, 1_000)), 'm9 m10')
  assert.is(slow.place?.seq, 10, 'all of it has come')
  const fast = play(slow, { type: 'slow', on: false }, events(11, ...many(3, 11)))
  assert.is(ids(after(fast, 100)), 'm9 m10 m11 m12')
})

pacing('is slow from the welcome on, and no longer after one that says so', () => {
  const settings = { ...UNPACED, ratePerSecond: 30 }
  const opened = play(fresh(), welcome({ settings, slow: true }), { type: 'beat', seq: 0 }, events(1, ...many(9)))
  assert.is(ids(opened), 'm8')
  const back = play(opened, welcome({ settings, seq: 9, recovered: true }), events(10, ...many(9, 10)))
  assert.is(ids(after(back, 1_000)).split(' ').length, 11)
})

pacing('takes away what still waits with what is shown', () => {
  const state = play(paced(1), events(1, ...many(3)), events(4, remove({ id: 'm3' })))
  assert.is(ids(after(state, 5_000)), 'm2')
})

pacing('keeps only the newest while nobody looks, and replays nothing', () => {
  const hidden = reduce(live({ ratePerSecond: 1, maxMessages: 3 }), events(1, ...many(20)), at(NOW, false))
  assert.is(ids(hidden), 'm18 m19 m20')
  const back = reduce(hidden, { type: 'tick' }, at(NOW + 100))
  assert.is(ids(back), 'm18 m19 m20')
  assert.not.ok(back.rows.some((row) => row.enters))
})

pacing('holds back what is delayed, and never shows what was removed meanwhile', () => {
  const state = play(live({ delaySeconds: 5 }), events(1, ...many(2)))
  assert.is(ids(state), '')
  assert.is(nextTick(state), NOW + 5_000)
  assert.is(ids(after(play(state, events(3, remove({ id: 'm1' }))), 5_000)), 'm2')
})

const giver = { id: 'g', name: 'Gil', roles: [], badges: [] }
const gift = (id: string, more: object) => notice(id, 'gift', 'Gil gifted', { author: giver, ...more })
const single = (id: string, more: object = {}) => gift(id, { recipient: id, ...more })

pacing('tells gifts that came together once', () => {
  const state = play(live(), events(1, gift('all', { count: 2 }), single('a'), single('b'), single('later')))
  assert.is(ids(state), 'all later')
})

pacing('tells a gift that counts itself, and one that its author received, whatever was told together before', () => {
  const received = single('Gil')
  const state = play(live(), events(1, gift('all', { count: 5 }), single('a', { count: 1 }), received, single('b')))
  assert.is(ids(state), 'all a Gil')
})

pacing('waits only so long for gifts that were told together', () => {
  const late = (id: string, by: number) => single(id, { receivedAt: NOW + TOLD_WITHIN_MS + by })
  const state = play(live(), events(1, gift('all', { count: 5 }), late('a', 0), late('b', 1), late('c', 2)))
  assert.is(ids(state), 'all b c')
})

pacing('remembers the newest givers, and only those whose gifts were told together', () => {
  const memory = emptyMemory()
  const toldBy = (id: string, more: object) => isToldTogether(memory, gift(id, { author: { ...giver, id }, ...more }))
  toldBy('first', { count: 5 })
  for (let n = 0; n < MAX_IDS; n++) toldBy(`paid-${n}`, {})
  assert.ok(toldBy('first', { recipient: 'Ada' }))
  for (let n = 0; n < MAX_IDS; n++) toldBy(`giver-${n}`, { count: 5 })
  assert.is(memory.gifts.size, MAX_IDS)
  assert.not.ok(toldBy('first', { recipient: 'Ben' }))
  assert.ok(toldBy('giver-0', { recipient: 'Ben' }))
})

pacing('features nothing that was taken away, whatever its number', () => {
  const old = message('old', { seq: 99 })
  assert.is(play(live(), { type: 'featured', event: old }, events(1, remove({ authorId: 'u1' }))).featured, null)
})

pacing('keeps what is featured beyond its lifetime, and brings it back to the screen', () => {
  const state = play(live({ lifetime: 5 }), events(1, ...many(2)), { type: 'featured', event: message('m1') })
  assert.is(ids(after(after(state, 5_000), 6_000)), 'm1')
  assert.is(ids(play(live(), events(1, message('a')), { type: 'featured', event: message('old') })), 'a old')
})

pacing.run()
