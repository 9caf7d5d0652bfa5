import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Channel, type Position } from '../../../server/channels/channel.ts'
import { shownBefore } from '../../../server/channels/shown-before.ts'
import { WINDOW_MS } from '../../../server/channels/window.ts'
import type { Frame } from '../../../server/frame.ts'
import { DEFAULT_SETTINGS } from '../../../server/look-defaults.ts'
import type { ServerFrame } from '../../../server/protocol.ts'
import type { Recent } from '../../../server/stores/archive.ts'
import { eventHead } from '../../../workers/event-head.ts'
import { fingerprint } from '../../../workers/fingerprint.ts'
import type { ChatEvent } from '../../../workers/message.ts'
import { clear, message, remove, sliceOf } from './events.ts'

const test = suite('what a channel showed before a restart')
const NOW = 'e9'

/** As the archive gives it; `epochs`: the first seq of each. */
function recentOf(events: ChatEvent[], epochs: [string, number][] = [['e1', 1]]): Recent {
  const texts = events.map((event) => Buffer.from(JSON.stringify(event)))
  let end = 0
  const ends = Uint32Array.from(texts, (text) => {
    end += text.length
    return end
  })
  const heads = events.map((event) => ({
    ...eventHead(event, fingerprint(event.id)),
    epoch: epochs.findLast(([, from]) => event.seq >= from)?.[0] ?? '',
    platform: event.platform,
    receivedAt: event.receivedAt,
  }))
  return { bytes: Buffer.concat(texts), ends, heads }
}

/** A channel of the next process; `agoMs`: how long ago the events were received. */
function channelAfter(recent: Recent, agoMs = 1_000): Channel {
  const channel = new Channel('c', NOW, recent.heads.at(-1)?.seq ?? 0)
  const received = recent.heads.at(-1)?.receivedAt ?? 0
  const places = (platform: string) => (platform === 'twitch' ? 1 : 0)
  channel.takeUp(shownBefore(recent, places, received + agoMs - performance.now()))
  return channel
}

/** How a peer is welcomed, and the seqs that it is given. */
function joined(channel: Channel, at: Position | null): { recovered: boolean; epoch: string; seqs: number[] } {
  const frames: ServerFrame[] = []
  const take = ({ text }: Frame) => void frames.push(JSON.parse(text.toString()))
  const stream = { live: true, startedAt: 1, title: null }
  const welcome = {
    settings: DEFAULT_SETTINGS,
    stream,
    featured: null,
    panic: false,
    slow: false,
    platforms: [],
    build: 'b',
  }
  const recovered = channel.join({ send: take, replay: take, close: () => {} }, at, welcome)
  const [first] = frames
  assert.is(first?.type, 'welcome')
  const seqs = frames.flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ seq }) => seq) : []))
  return { recovered, epoch: first?.type === 'welcome' ? first.epoch : '', seqs }
}

test('is the snapshot of a fresh page, without what was removed and what a clear took', () => {
  const recent = recentOf([message(1), clear(2, 'stream'), message(3), message(4), remove(5, { id: 'twitch:m3' })])
  assert.equal(joined(channelAfter(recent), null), { recovered: false, epoch: NOW, seqs: [4] })
})

test('is told exactly to whoever comes back from an epoch before, together with what is new', () => {
  const recent = recentOf(
    [4, 5, 6, 7].map((seq) => message(seq)),
    [
      ['e1', 1],
      ['e2', 6],
    ],
  )
  const channel = channelAfter(recent)
  channel.take(sliceOf([message(8), message(9)]))
  assert.equal(joined(channel, { epoch: 'e1', seq: 4 }), { recovered: true, epoch: NOW, seqs: [5, 6, 7, 8, 9] })
  assert.equal(joined(channel, { epoch: 'e1', seq: 5 }).seqs, [6, 7, 8, 9])
  assert.equal(joined(channel, { epoch: 'e2', seq: 7 }).seqs, [8, 9])
  assert.equal(joined(channel, { epoch: NOW, seq: 9 }), { recovered: true, epoch: NOW, seqs: [] })
})

test('is never told in part: who saw what was not kept, or misses what is not known, gets a snapshot', () => {
  const channel = channelAfter(
    recentOf(
      [message(4), message(5), message(6)],
      [
        ['e1', 1],
        ['e2', 6],
      ],
    ),
  )
  channel.take(sliceOf([message(7), message(8)]))
  const snapshot = { recovered: false, epoch: NOW, seqs: [4, 5, 6, 7, 8] }
  assert.equal(joined(channel, { epoch: 'e1', seq: 6 }), snapshot, 'the sixth of that epoch was another one')
  assert.equal(joined(channel, { epoch: 'e2', seq: 7 }), snapshot)
  assert.equal(joined(channel, { epoch: 'e1', seq: 2 }), snapshot, 'the third is not known any more')
  assert.equal(joined(channel, { epoch: 'e0', seq: 4 }), snapshot)
})

test('is no resume over a hole that the archive left, and still a snapshot', () => {
  const channel = channelAfter(recentOf([message(1), message(2), message(5)]))
  assert.equal(joined(channel, { epoch: 'e1', seq: 2 }), { recovered: false, epoch: NOW, seqs: [1, 2, 5] })
  assert.equal(joined(channel, { epoch: 'e1', seq: 4 }), { recovered: true, epoch: NOW, seqs: [5] })
})

test('grows old by the time at which it was received', () => {
  const recent = recentOf([message(1), message(2)])
  assert.equal(joined(channelAfter(recent, WINDOW_MS + 1), null).seqs, [])
  assert.equal(joined(channelAfter(recent, WINDOW_MS - 1_000), null).seqs, [1, 2])
})

test.run()
