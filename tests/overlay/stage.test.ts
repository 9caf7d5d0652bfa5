import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FeedState } from '../../overlay/state.ts'
import { initialState, reduce } from '../../overlay/state.ts'
import type { Word } from '../../overlay/words.ts'
import type { ChosenSettings } from '../../server/look.ts'
import { DEFAULT_SETTINGS } from '../../server/look-defaults.ts'
import type { ChatEvent, Welcome } from '../../server/protocol.ts'
import { about, message, NOW, remove, restore } from './samples.ts'

/** What a moderator does to the picture: hide and show again, feature, panic. */

const test = suite('overlay/state: the moderator')

function welcome(more: Partial<Welcome> = {}): Welcome {
  return {
    ...{ type: 'welcome', epoch: 'e1', seq: 0, recovered: false, settings: DEFAULT_SETTINGS, build: 'b1' },
    ...{
      stream: { live: false, startedAt: null, title: null },
      featured: null,
      panic: false,
      slow: false,
      platforms: about,
    },
    ...more,
  }
}

function events(first: number, ...drafts: ChatEvent[]): Word {
  return { type: 'events', events: drafts.map((draft, i) => ({ ...draft, seq: first + i })) }
}

const fresh = () => initialState({ settings: DEFAULT_SETTINGS }, ({ settings }) => settings)
const play = (state: FeedState, ...words: Word[]) =>
  words.reduce((now, word) => reduce(now, word, { now: NOW, visible: true }), state)
const live = (stored: ChosenSettings = {}) =>
  play(fresh(), welcome({ settings: { ...DEFAULT_SETTINGS, ...stored } }), { type: 'beat', seq: 0 })
const ids = (state: FeedState) => state.rows.map((row) => row.id).join(' ')
const placed = (seq: number, id: string) => ({ ...message(id), seq })
const PANIC: Word = { type: 'panic', on: true }
const CALM: Word = { type: 'panic', on: false }

test('puts back to its place what was hidden, once and without motion', () => {
  const hidden = play(live(), events(1, message('a'), message('b'), message('c'), remove({ id: 'b' })))
  assert.is(ids(hidden), 'a c')
  const back = play(hidden, events(5, restore({ id: 'b' }, [placed(2, 'b')])))
  assert.is(ids(back), 'a b c')
  assert.is(back.rows[1]?.enters, false)
  const twice = play(back, events(6, restore({ id: 'b' }, [placed(2, 'b')]), message('d')))
  assert.is(ids(twice), 'a b c d')
})

test('puts back what a page that was opened meanwhile never had', () => {
  assert.is(ids(play(live(), events(1, message('z')), events(2, restore({ id: 'b' }, [placed(0, 'b')])))), 'b z')
})

test('puts back nothing whose time is over or that the settings leave out', () => {
  const old = { ...placed(1, 'old'), receivedAt: NOW - 60_000 }
  assert.is(ids(play(live({ lifetime: 30 }), events(1, restore({ id: 'old' }, [old])))), '')
  const command = { ...message('cmd', { text: '!help' }), seq: 1 }
  assert.is(ids(play(live(), events(1, restore({ id: 'cmd' }, [command])))), '')
})

test('takes it away again when it is hidden again', () => {
  const state = play(
    live(),
    events(1, message('a'), remove({ id: 'a' }), restore({ id: 'a' }, [placed(1, 'a')]), remove({ id: 'a' })),
  )
  assert.is(ids(state), '')
})

test('is empty at once when panic begins, and draws nothing of what comes until it ends', () => {
  const panic = play(live(), events(1, message('a'), message('b')), PANIC)
  assert.is(ids(panic), '')
  const during = play(panic, events(3, message('c')), events(4, restore({ id: 'a' }, [placed(1, 'a')])))
  assert.is(ids(during), '')
  const after = play(during, CALM, events(5, message('d')))
  assert.is(ids(after), 'd')
})

test('draws nothing when it is opened or comes back during panic', () => {
  const settings = { ...DEFAULT_SETTINGS, backlog: 5 }
  const opened = play(fresh(), welcome({ seq: 2, settings, panic: true }), events(1, message('a'), message('b')))
  assert.is(ids(opened), '')
  const back = play(live(), events(1, message('a')), welcome({ seq: 2, recovered: true, panic: true }))
  assert.is(ids(play(back, events(2, message('b')))), '')
})

test('knows the featured message from a frame or the welcome', () => {
  const told = play(live(), { type: 'featured', event: message('a') })
  assert.is(told.featured?.id, 'a')
  assert.is(play(told, { type: 'featured', event: null }).featured, null)
  assert.is(play(fresh(), welcome({ featured: message('a') })).featured?.id, 'a')
})

test('lets the featured message go with its removal, and in panic', () => {
  const featured = play(live(), events(1, message('a')), { type: 'featured', event: message('a') })
  assert.is(play(featured, events(2, remove({ id: 'a' }))).featured, null)
  assert.is(play(featured, events(2, remove({ authorId: 'u1' }))).featured, null)
  assert.is(play(featured, PANIC).featured, null)
  assert.is(play(featured, PANIC, { type: 'featured', event: message('a') }).featured, null)
})

test.run()
