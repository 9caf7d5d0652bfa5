import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasNewcomer } from '../../../overlay/dock/chime.ts'
import type { DockState } from '../../../overlay/dock/state.ts'
import { dock, EMPTY, isBehind, MAX_PAUSED, MAX_ROWS, pause, resumePlace, shown } from '../../../overlay/dock/state.ts'
import { DEFAULT_SETTINGS } from '../../../server/look-defaults.ts'
import type { ChatEvent, ServerFrame, Welcome } from '../../../server/protocol.ts'
import { about, clear, message, remove, restore } from '../samples.ts'

const test = suite('overlay/dock/state')

function welcome(more: Partial<Welcome> = {}): Welcome {
  return {
    ...{ type: 'welcome', epoch: 'e1', seq: 0, recovered: false, scope: 'moderate', build: 'b1' },
    ...{
      stream: { live: false, startedAt: null, title: null },
      featured: null,
      panic: false,
      slow: false,
      platforms: about,
    },
    settings: DEFAULT_SETTINGS,
    ...more,
  }
}
function events(first: number, ...drafts: ChatEvent[]): ServerFrame {
  return { type: 'events', events: drafts.map((draft, i) => ({ ...draft, seq: first + i })) }
}
const play = (state: DockState, ...frames: ServerFrame[]) => frames.reduce(dock, state)
const live = () => play(EMPTY, welcome(), { type: 'beat', seq: 0 })
const ids = ({ rows }: Pick<DockState, 'rows'>) => rows.map(({ event }) => event.id).join(' ')
const marks = ({ rows }: DockState) => rows.map(({ hidden }) => hidden)
const many = (count: number) => Array.from({ length: count }, (_, i) => message(`m${i + 1}`))
const byPanel = { by: 'panel' } as const

test('a first message is news once, and not out of a snapshot', () => {
  const first = events(1, message('a', { first: true }))
  const state = live()
  assert.ok(hasNewcomer(state, first))
  assert.not(hasNewcomer(play(EMPTY, welcome()), first))
  assert.not(hasNewcomer(play(state, first), first))
  assert.not(hasNewcomer(state, events(1, message('b'), message('c', { first: true, hidden: 'word' }))))
})

test('keeps what is hidden, and says by whom', () => {
  const state = play(
    live(),
    events(1, message('a'), message('b', { author: { id: 'u2', name: 'Bo', roles: [], badges: [] } }), message('c')),
    events(4, message('d', { hidden: 'word' }), remove({ id: 'a' }, byPanel), remove({ authorId: 'u2' }, byPanel)),
    events(7, remove({ id: 'c' })),
  )
  assert.is(ids(state), 'a b c d')
  assert.equal(marks(state), ['moderator', 'person', 'platform', 'rule'])
})

test('counts what may have changed the looks: whoever shows them asks anew, also after a welcome', () => {
  const before = live().looks
  const after = play(live(), { type: 'looks' }, welcome({ recovered: true }))
  assert.is(after.looks, before + 2)
})

test('gives back what a moderator hid, and nothing else', () => {
  const hidden = play(live(), events(1, message('a'), message('b'), remove({ id: 'a' }, byPanel), remove({ id: 'b' })))
  const back = play(hidden, events(5, restore({ id: 'a' }, []), restore({ id: 'b' }, [])))
  assert.equal(marks(back), [null, 'platform'])
})

test('shows a released message where it was released, and a refused one as waiting once it is given back', () => {
  const held = play(live(), events(1, message('a', { hidden: 'held:link' }), message('b')))
  assert.equal(marks(held), ['held', null])
  const release = { ...restore({ id: 'a' }, [message('a', { seq: 3 })]), released: true as const }
  const released = play(held, events(3, release))
  assert.equal([ids(released), marks(released)], ['b a', [null, null]])
  const refused = play(held, events(3, remove({ id: 'a' }, byPanel)))
  assert.equal(marks(refused), ['moderator', null])
  assert.equal(marks(play(refused, events(4, restore({ id: 'a' }, [])))), ['held', null])
})

test('gives back a person but for what was hidden by itself; one message whichever way it was hidden', () => {
  const hidden = play(
    live(),
    events(1, message('a'), message('b'), remove({ id: 'a' }, byPanel), remove({ authorId: 'u1' }, byPanel)),
  )
  assert.equal(marks(hidden), ['moderator', 'person'])
  assert.equal(marks(play(hidden, events(5, restore({ authorId: 'u1' }, [])))), ['moderator', null])
  assert.equal(marks(play(hidden, events(5, restore({ id: 'b' }, [])))), ['moderator', null])
})

test('puts a row that it never had where it was written, once', () => {
  const back = { ...message('x'), seq: 2 }
  const state = play(live(), events(1, message('a')), welcome({ seq: 3 }), events(3, message('c')))
  const twice = play(state, events(4, restore({ id: 'x' }, [back]), restore({ id: 'x' }, [back])))
  assert.is(ids(twice), 'x c')
})

test('strikes nothing when only the picture is emptied', () => {
  const state = play(
    live(),
    events(1, message('a'), message('k', { platform: 'kick' }), clear('panel'), clear('stream')),
  )
  assert.equal(marks(state), [null, null])
  assert.equal(marks(play(state, events(5, clear('platform')))), ['platform', null])
})

test('holds still while paused, counts what waits, and goes on with it', () => {
  const paused = pause(play(live(), events(1, message('a'), message('b'))), true)
  const more = play(paused, events(3, message('c'), message('d')))
  assert.is(ids(shown(more)), 'a b')
  assert.is(shown(more).waiting, 2)
  assert.is(ids(shown(pause(more, false))), 'a b c d')
  const empty = play(pause(live(), true), events(1, message('a')))
  assert.equal([ids(shown(empty)), shown(empty).waiting], ['', 1])
})

test('never grows without bound, paused or not', () => {
  const full = play(live(), events(1, ...many(MAX_ROWS + 50)))
  assert.is(full.rows.length, MAX_ROWS)
  const paused = play(pause(full, true), events(MAX_ROWS + 51, ...many(MAX_PAUSED + 50)))
  assert.is(paused.rows.length, MAX_PAUSED)
  assert.is(pause(paused, false).rows.length, MAX_ROWS)
})

test('takes a snapshot with its holes, then only what comes in order', () => {
  const opened = play(EMPTY, welcome({ seq: 9 }))
  assert.is(resumePlace(opened), null, 'until the snapshot is here it is asked for again')
  const state = play(opened, { type: 'events', events: [4, 7].map((seq) => ({ ...message(`m${seq}`), seq })) })
  assert.is(ids(state), 'm4 m7')
  assert.equal(resumePlace(state), { epoch: 'e1', seq: 9 })
  const next = play(state, events(10, message('n')), events(10, message('n')))
  assert.is(ids(next), 'm4 m7 n')
})

test('asks again at a hole, and after two beats that name more than it has', () => {
  const hole = play(live(), events(1, message('a')), events(3, message('c')))
  assert.is(isBehind(hole), true)
  assert.is(ids(hole), 'a')
  const beats = play(live(), { type: 'beat', seq: 2 })
  assert.is(isBehind(beats), false)
  assert.is(isBehind(play(beats, { type: 'beat', seq: 2 })), true)
  assert.is(isBehind(play(hole, welcome({ recovered: true, seq: 3 }))), false)
})

test('goes on after a resume, and begins anew after another epoch', () => {
  const before = play(live(), events(1, message('a')))
  const resumed = play(before, welcome({ recovered: true, seq: 2 }), events(2, message('b')))
  assert.is(ids(resumed), 'a b')
  assert.is(ids(play(resumed, welcome({ epoch: 'e2', seq: 0 }))), '')
})

test('knows scope, stream, what is featured, panic and the slow display from the welcome on', () => {
  const state = play(EMPTY, welcome({ featured: message('a'), panic: true, slow: true, scope: 'control' }))
  assert.equal([state.scope, state.featured?.id, state.panic, state.slow], ['control', 'a', true, true])
  const later = play(state, { type: 'panic', on: false }, { type: 'featured', event: null })
  assert.equal([later.featured, later.panic], [null, false])
  assert.is(later.slow, true, 'panic is another matter')
  assert.is(play(later, { type: 'slow', on: false }).slow, false)
  assert.is(play(later, { type: 'stream', live: true, startedAt: 5, title: 'x' }).stream.live, true)
})

test.run()
