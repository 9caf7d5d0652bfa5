import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Channel, type Peer, type Position } from '../../../server/channels/channel.ts'
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

test.run()
