import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Channel, type Peer, type Position } from '../../../server/channels/channel.ts'
import { WINDOW_EVENTS } from '../../../server/channels/window.ts'
import type { Frame } from '../../../server/frame.ts'
import { lookOf } from '../../../server/look-themes.ts'
import type { ServerFrame } from '../../../server/protocol.ts'
import { message, remove, sliceOf } from './events.ts'

const test = suite('channels/channel')

/** Comes to the channel, and gives what it was told. */
function come(channel: Channel, at: Position | null): ServerFrame[] {
  const told: ServerFrame[] = []
  const take = ({ text }: Frame) => void told.push(JSON.parse(text.toString()))
  const peer: Peer = { send: take, replay: take, close: () => {} }
  const stream = { live: false, startedAt: null, title: null }
  channel.join(peer, at, {
    ...lookOf({}),
    stream,
    featured: null,
    panic: false,
    slow: false,
    platforms: [],
    build: 'b',
  })
  return told
}

const eventsIn = (frames: ServerFrame[]) =>
  frames.flatMap((frame) => (frame.type === 'events' ? [frame.events.map(({ seq }) => seq)] : []))

test('says that there is nothing to show, so that whoever has just come can come back to where it stands', () => {
  const channel = new Channel('c', 'e', 0)
  assert.equal(eventsIn(come(channel, null)), [[]])
  channel.take(sliceOf([message(1)]))
  assert.equal(eventsIn(come(channel, { epoch: 'e', seq: 0 })), [[1]])
  assert.equal(eventsIn(come(channel, { epoch: 'e', seq: 1 })), [], 'nothing was missed')
})

test('tells a page of another epoch what was taken away meanwhile, and a new one not', () => {
  const channel = new Channel('c', 'e', 0)
  channel.take(sliceOf([message(1), remove(2, { id: 'twitch:before' })]))
  assert.equal(eventsIn(come(channel, null)), [[1]])
  assert.equal(eventsIn(come(channel, { epoch: 'before', seq: 9 })), [[1, 2]])
})

test('says when some of what came since somebody was here is no longer kept, and with it perhaps what took away what they show', () => {
  const channel = new Channel('c', 'e', 0)
  const stale = (at: Position | null) => come(channel, at).some((frame) => frame.type === 'welcome' && frame.stale)
  channel.take(sliceOf([message(1), message(2), remove(3, { id: 'twitch:1' })]))
  assert.is(stale({ epoch: 'before', seq: 9 }), false, 'all since the beginning is kept')
  for (let seq = 4; seq < 4 + WINDOW_EVENTS; seq++) channel.take(sliceOf([message(seq)]))
  assert.is(stale({ epoch: 'e', seq: 2 }), true)
  assert.is(stale({ epoch: 'e', seq: 3 }), false, 'it is given what it missed')
  assert.is(stale({ epoch: 'before', seq: 9 }), true)
  assert.is(stale(null), false, 'it shows nothing')
})

test('says so of a place in a life before, too, as far as the archive knows it', () => {
  const channel = new Channel('c', 'e3', 4)
  const event = (seq: number) => {
    const [taken] = sliceOf([message(seq)]).events
    if (taken === undefined) throw new Error('A slice of one event has one event.')
    return { ...taken, frame: sliceOf([message(seq)]).frame, arrived: performance.now() }
  }
  channel.takeUp({ events: [event(3), event(4)], ends: new Map([['e2', 4]]) })
  const stale = (at: Position) => come(channel, at).some((frame) => frame.type === 'welcome' && frame.stale)
  assert.is(stale({ epoch: 'e2', seq: 9 }), false, 'it saw more than was kept')
  assert.is(stale({ epoch: 'e2', seq: 1 }), true)
  assert.is(stale({ epoch: 'e1', seq: 2 }), true)
  const agreed = (at: Position) => come(channel, at).map((frame) => (frame.type === 'welcome' ? frame.agreed : 0))[0]
  assert.is(agreed({ epoch: 'e2', seq: 9 }), 4, 'up to there the numbers are the same')
  assert.is(agreed({ epoch: 'e1', seq: 2 }), undefined)
})

test('of a channel that is followed lets pages stand further than what came here, and welcomes them anew from there', () => {
  const channel = new Channel('c', 'e', 3, true)
  const told = come(channel, { epoch: 'e', seq: 5 })
  assert.equal([told.map(({ type }) => type), recoveredIn(told)], [['welcome'], [true]])
  const [peer] = channel.peers
  assert.equal(peer && channel.placeOf(peer), { epoch: 'e', seq: 5 })
  channel.take(sliceOf([message(4), message(5), message(6)]))
  assert.equal(peer && channel.placeOf(peer), { epoch: 'e', seq: 6 })
  assert.equal(
    recoveredIn(come(new Channel('c', 'e', 3), { epoch: 'e', seq: 5 })),
    [false],
    'where it is run, nobody can',
  )
})

const recoveredIn = (frames: ServerFrame[]) =>
  frames.flatMap((frame) => (frame.type === 'welcome' ? [frame.recovered] : []))

test.run()
