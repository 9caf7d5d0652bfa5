import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { initialState, reduceAll } from '../../../../overlay/state.ts'
import type { Word } from '../../../../overlay/words.ts'
import { DEFAULT_SETTINGS } from '../../../../server/look-defaults.ts'
import { markOf, Removals } from '../../../../workers/archive/removals.ts'
import { Intake } from '../../../../workers/intake.ts'
import type { ChatEvent } from '../../../../workers/message.ts'
import { twitch } from '../../../../workers/platforms/twitch/index.ts'
import { Publisher } from '../../../../workers/publish.ts'
import { allocateQueue } from '../../../../workers/queue/layout.ts'
import { QueueReader } from '../../../../workers/queue/reader.ts'
import { RecordCursor } from '../../../../workers/queue/record.ts'
import { QueueWriter } from '../../../../workers/queue/writer.ts'
import { UNRULED } from '../../../../workers/ruled.ts'
import { webhook } from './given.ts'

/** The whole way of what was written and taken away: from the payload to what an overlay draws and an archive shows. */

const test = suite('twitch: moderation')
const NOW = 1_700_000_000_000

interface Seen {
  /** Texts that an overlay draws in the end. */
  drawn: string[]
  /** Texts that stand in the transcript and are not marked as removed. */
  kept: string[]
  events: ChatEvent[]
}

/** Everything as one connector or door brings it, one payload after the other. */
function after(...payloads: (string | object)[]): Seen {
  const memory = allocateQueue(65_536)
  const intake = new Intake([twitch], new Publisher(new QueueWriter(memory, 1), ['twitch']), () => {})
  intake.open({ type: 'open', channel: 1, seq: 0, seen: new Float64Array(), rules: UNRULED })
  payloads.forEach((payload, n) => {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
    intake.bring(1, 'twitch', { body, headers: {} }, { receivedAt: NOW, delivery: `d-${n}` })
  })
  const events = eventsIn(new QueueReader(memory, 2))
  return { drawn: drawnOf(events), kept: keptOf(events), events }
}

function eventsIn(reader: QueueReader): ChatEvent[] {
  const events: ChatEvent[] = []
  for (let batch = reader.take(); Buffer.isBuffer(batch); batch = reader.take()) {
    const record = new RecordCursor(batch)
    while (record.next()) events.push(JSON.parse(batch.toString('utf8', record.start, record.start + record.length)))
  }
  return events
}

function drawnOf(events: ChatEvent[]): string[] {
  const words: Word[] = [
    {
      type: 'welcome',
      epoch: 'e1',
      seq: 0,
      recovered: false,
      build: 'b1',
      featured: null,
      panic: false,
      slow: false,
      platforms: [twitch.about],
      stream: { live: false, startedAt: null, title: null },
      settings: DEFAULT_SETTINGS,
    },
    { type: 'beat', seq: 0 },
    ...events.map((event) => ({ type: 'events' as const, events: [event] })),
  ]
  const { rows } = reduceAll(
    initialState({ settings: DEFAULT_SETTINGS }, ({ settings }) => settings),
    words,
    { now: NOW, visible: true },
  )
  return rows.flatMap(({ event }) => ('text' in event ? [event.text] : []))
}

function keptOf(events: ChatEvent[]): string[] {
  const removals = new Removals()
  events.forEach((event, row) => {
    const mark = markOf(event, row)
    if (mark !== null) removals.add(0, mark)
  })
  return events.flatMap((event, row) => ('text' in event && removals.of(event, row) === null ? [event.text] : []))
}

let sent = 0
function tags(more: Record<string, string>): string {
  const all = { 'tmi-sent-ts': String(NOW + sent++), 'room-id': '2002', ...more }
  return Object.entries(all)
    .map(([key, value]) => `${key}=${value}`)
    .join(';')
}

function said(id: string, text: string, who = '4001', more: Record<string, string> = {}): string {
  return `@${tags({ id, 'user-id': who, 'display-name': `User_${who}`, ...more })} :u!u@u PRIVMSG #harbor_room :${text}`
}
const deleted = (id: string, more: Record<string, string> = {}) =>
  `@${tags({ 'target-msg-id': id, login: 'u', ...more })} :tmi.twitch.tv CLEARMSG #harbor_room :x`
const banned = (who: string, more: Record<string, string> = {}) =>
  `@${tags({ 'target-user-id': who, ...more })} :tmi.twitch.tv CLEARCHAT #harbor_room :u`
const cleared = (more: Record<string, string> = {}) => `@${tags(more)} :tmi.twitch.tv CLEARCHAT #harbor_room`

function check({ drawn, kept }: Seen, texts: string[]): void {
  assert.equal(drawn, texts, 'drawn')
  assert.equal(kept, texts, 'kept')
}

test('a delete takes one message away', () => {
  check(after(said('a', 'one'), said('b', 'two'), deleted('a')), ['two'])
})

test('a delete that comes before its message takes it away all the same', () => {
  check(after(deleted('a'), said('a', 'one'), said('b', 'two')), ['two'])
})

test('a delete of what never comes takes nothing away', () => {
  check(after(said('a', 'one'), deleted('zz'), said('b', 'two')), ['one', 'two'])
})

test('a ban takes all of a person away, and nothing of anybody else', () => {
  check(after(said('a', 'one'), said('b', 'two', '4002'), said('c', 'three'), banned('4001')), ['two'])
})

test('a time-out hides nothing of what the person writes later', () => {
  check(after(said('a', 'one'), banned('4001', { 'ban-duration': '1' }), said('b', 'back again')), ['back again'])
  check(after(banned('4001', { 'ban-duration': '1' }), said('b', 'back again')), ['back again'])
})

test('a clear takes everything away that came before it', () => {
  check(after(said('a', 'one'), said('b', 'two', '4002'), cleared(), said('c', 'three')), ['three'])
})

test('the same ban twice, from two connections or a log, is one event', () => {
  const ban = banned('4001')
  assert.is(after(said('a', 'one'), ban, ban).events.length, 2)
})

const shared = (id: string, source: string, text: string, room = '2002') =>
  said(id, text, '4001', { 'room-id': room, 'source-id': source, 'source-room-id': '3003' })

test('a message of a shared chat is shown once, in whichever form it comes first', () => {
  check(after(shared('x', 'x', 'hi', '3003'), shared('y', 'x', 'hi'), shared('z', 'x', 'hi', '5005')), ['hi'])
  check(after(shared('y', 'x', 'hi'), shared('x', 'x', 'hi', '3003'), shared('z', 'x', 'hi', '5005')), ['hi'])
  check(after(shared('y', 'x', 'hi'), said('x', 'hi')), ['hi'])
})

test('other words of a shared chat stay other words', () => {
  check(after(shared('y', 'x', 'one'), shared('y2', 'x2', 'two'), said('a', 'three')), ['one', 'two', 'three'])
})

test('a delete in any room of a shared chat takes the message away, in whichever form it is shown', () => {
  const forms = [shared('x', 'x', 'hi', '3003'), shared('y', 'x', 'hi'), shared('z', 'x', 'hi', '5005')]
  for (const first of forms) {
    const rest = forms.filter((form) => form !== first)
    for (const id of ['x', 'y', 'z']) check(after(first, ...rest, deleted(id), said('a', 'stays')), ['stays'])
    check(after(first, deleted('x'), ...rest, said('a', 'stays')), ['stays'])
  }
})

test('a delete that names the original reaches a form that it does not name', () => {
  const original = { 'source-id': 'x', 'source-room-id': '3003' }
  check(after(shared('x', 'x', 'hi', '3003'), deleted('y', original), said('a', 'stays')), ['stays'])
  check(after(deleted('y', original), shared('x', 'x', 'hi', '3003'), said('a', 'stays')), ['stays'])
})

test('a delete of the original before any form comes takes every form away', () => {
  check(after(deleted('x'), shared('y', 'x', 'hi'), said('a', 'stays')), ['stays'])
})

test('a ban in another room of a shared chat takes the person away here', () => {
  check(after(shared('y', 'x', 'hi'), banned('4001', { 'source-room-id': '3003' }), said('a', 'b', '4002')), ['b'])
})

const chatted = (id: string, text: string, more: object = {}) =>
  webhook('channel.chat.message', {
    chatter_user_id: '4001',
    chatter_user_login: 'u',
    message_id: id,
    message: { text, fragments: [{ type: 'text', text }] },
    ...more,
  })

test('EventSub takes away a message, before it comes or after, whichever way it came', () => {
  const gone = webhook('channel.chat.message_delete', { target_user_id: '4001', message_id: 'a' })
  check(after(chatted('a', 'one'), chatted('b', 'two'), gone), ['two'])
  check(after(gone, chatted('a', 'one'), chatted('b', 'two')), ['two'])
  check(after(said('a', 'one'), gone, chatted('a', 'one')), [])
  check(after(chatted('a', 'one'), deleted('a'), said('a', 'one')), [])
})

test('EventSub takes away all of a person, and nothing that they write later', () => {
  const gone = webhook('channel.chat.clear_user_messages', { target_user_id: '4001' })
  check(after(said('a', 'one'), chatted('b', 'two'), gone, chatted('c', 'three')), ['three'])
  check(after(gone, chatted('c', 'three')), ['three'])
})

test('EventSub clears the chat', () => {
  check(after(said('a', 'one'), webhook('channel.chat.clear', {}), chatted('b', 'two')), ['two'])
})

test('EventSub and IRC bring a message of a shared chat once', () => {
  const other = { source_message_id: 'x', source_broadcaster_user_id: '3003' }
  check(after(chatted('y', 'hi', other), shared('z', 'x', 'hi')), ['hi'])
  check(after(shared('z', 'x', 'hi'), chatted('y', 'hi', other), deleted('y')), [])
})

test.run()
