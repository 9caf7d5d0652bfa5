import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type LivePeer, MAX_PER_KEY, type Member } from '../../../server/channels/audience.ts'
import { Hub } from '../../../server/channels/hub.ts'
import type { HubEnds } from '../../../server/channels/hub-ends.ts'
import { Entries } from '../../../server/entries.ts'
import type { Frame } from '../../../server/frame.ts'
import { createMetrics } from '../../../server/metrics.ts'
import { CLOSE, type DockScope, type ServerFrame } from '../../../server/protocol.ts'
import { UNRULED } from '../../../workers/ruled.ts'
import { message, sliceOf } from './events.ts'

/** A socket that keeps what it was sent. */
class Socket implements LivePeer {
  readonly frames: ServerFrame[] = []
  #wake: () => void = () => {}

  send({ text }: Frame): void {
    this.frames.push(JSON.parse(text.toString()))
    this.#wake()
  }
  replay(frame: Frame): void {
    this.send(frame)
  }
  closed: number | null = null
  close(code: number): void {
    this.closed = code
  }
  ping(): void {}
  readonly waiting = 0

  get statuses(): number {
    return this.frames.filter(({ type }) => type === 'status').length
  }

  async until(statuses: number): Promise<void> {
    while (this.statuses < statuses) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

function open() {
  const entries = new Entries()
  const metrics = createMetrics()
  /** Channels whose sources were asked for. */
  const asked: string[] = []
  const ends: HubEnds = {
    stream: () => ({ live: false, startedAt: null, title: null, messages: 0, lastAt: null }),
    stage: () => ({ featured: null, panic: false, slow: false }),
    platforms: () => [],
    sources: (channelId) => {
      asked.push(channelId)
      return []
    },
    held: () => ({ count: 0, changes: 0 }),
    refused: () => false,
    build: 'b',
    idle: () => true,
  }
  const hub = new Hub(ends, { channel: (id) => entries.get(id) }, metrics)
  const join = (channelId: string, role: Member['role'], account?: Member['account'], dock?: Member['dock']) => {
    const socket = new Socket()
    const client = { name: 'test', obs: null, since: 1 }
    const entry = entries.get(channelId) ?? entries.open(channelId, UNRULED, [])
    const overlay =
      role === 'overlay' ? { overlay: { id: 'o', settings: {}, report: null, version: null, engine: null } } : {}
    hub.join(entry, socket, { role, client, ...overlay, ...(account && { account }), ...(dock && { dock }) }, null)
    return socket
  }
  // The hub's own timers keep no process alive.
  const alive = setInterval(() => {}, 60_000)
  const close = () => {
    clearInterval(alive)
    void hub.close()
    metrics.close()
  }
  return { hub, join, asked, close, entries }
}

const test = suite('channels/hub')

test('tells how sources are to panels alone, and makes nothing of it where no panel looks', async () => {
  const { hub, join, asked, close } = open()
  const channels = Array.from({ length: 1_000 }, (_, nth) => `channel ${nth}`)
  const overlays = channels.map((channelId) => join(channelId, 'overlay'))
  const panel = join('watched', 'panel')
  assert.is(panel.statuses, 1, 'at once when it comes')
  asked.length = 0
  const reporting = setInterval(() => {
    for (const channelId of [...channels, 'watched', 'nobody is there']) hub.statusChanged(channelId)
  }, 50)
  await panel.until(3)
  clearInterval(reporting)
  assert.equal(asked, ['watched', 'watched'], 'once a frame, however often something changed')
  assert.is(
    overlays.some(({ statuses }) => statuses > 0),
    false,
  )
  close()
})

test('tells nothing while nothing changes', async () => {
  const { hub, join, asked, close } = open()
  const [quiet, busy] = [join('quiet', 'panel'), join('busy', 'panel')]
  asked.length = 0
  hub.statusChanged('busy')
  await busy.until(2)
  hub.statusChanged('busy')
  await busy.until(3)
  assert.equal([quiet.statuses, asked], [1, ['busy', 'busy']])
  close()
})

test('tells docks that may control, and nobody else, that a look has changed', () => {
  const { hub, join, close } = open()
  const [overlay, panel] = [join('c1', 'overlay'), join('c1', 'panel')]
  const [control, moderate] = [dockOf('c1', 'control'), dockOf('c1', 'moderate')]
  const elsewhere = dockOf('c2', 'control')
  hub.looksChanged('c1')
  hub.settingsChanged('c1', 'o1', {})
  hub.looksChanged('nobody is there')
  const told = (socket: Socket) => socket.frames.filter(({ type }) => type === 'looks').length
  assert.equal([control, moderate, elsewhere, overlay, panel].map(told), [2, 0, 0, 0, 0])
  close()

  function dockOf(channelId: string, scope: DockScope): Socket {
    return join(channelId, 'dock', undefined, { id: scope, scope })
  }
})

test('welcomes whoever found a channel before it moved as those who are in it, and parts nobody from it', () => {
  const { hub, join, entries, close } = open()
  const there = join('moving', 'overlay')
  const found = entries.get('moving')
  if (found === undefined) throw new Error('The channel is not open.')
  entries.close(found)
  hub.anew({ id: 'moving', epoch: 'next', seq: 5 }, { events: [], ends: new Map() }, true)
  const late = new Socket()
  const overlay = { id: 'o', settings: {}, report: null, version: null, engine: null }
  hub.join(found, late, { role: 'overlay', client: { name: 'test', obs: null, since: 1 }, overlay }, null)
  hub.take({ ...sliceOf([message(6)], 'moving'), epoch: 'next' })
  for (const { frames } of [there, late]) {
    const welcome = frames.findLast(({ type }) => type === 'welcome')
    assert.ok(welcome?.type === 'welcome')
    assert.equal([welcome.epoch, welcome.seq, frames.at(-1)?.type], ['next', 5, 'events'])
  }
  close()
})

test('does not answer a hello that crossed the welcome to the epoch that the channel moved to', () => {
  const { hub, join, entries, close } = open()
  const there = join('moving', 'overlay')
  const found = entries.get('moving')
  if (found === undefined) throw new Error('The channel is not open.')
  entries.close(found)
  hub.anew({ id: 'moving', epoch: 'next', seq: 5 }, { events: [], ends: new Map() }, true)
  const overlay = { id: 'o', settings: {}, report: null, version: null, engine: null }
  const asks = (at: { epoch: string; seq: number }) => {
    const before = there.frames.length
    hub.join(found, there, { role: 'overlay', client: { name: 'test', obs: null, since: 1 }, overlay }, at)
    return there.frames.slice(before).map(({ type }) => type)
  }
  assert.equal(asks({ epoch: found.epoch, seq: 5 }), [], 'it was welcomed since')
  assert.equal(asks({ epoch: 'next', seq: 5 }), ['welcome'], 'and asked again from where it was welcomed to')
  assert.equal(asks({ epoch: 'of long ago', seq: 5 }), ['welcome', 'events'], 'where it was on another line')
  hub.anew({ id: 'moving', epoch: 'third', seq: 5 }, { events: [], ends: new Map([['next', 5]]) }, true)
  assert.equal([asks({ epoch: found.epoch, seq: 5 }), asks({ epoch: 'next', seq: 5 })], [[], []])
  close()
})

test('sends away also who was let in before all were sent away, and comes in after', async () => {
  const { hub, join, close } = open()
  const there = join('c', 'overlay')
  await hub.close()
  const late = join('c', 'overlay')
  assert.equal([there.closed, late.closed], [CLOSE.restart, CLOSE.restart])
  close()
})

test('lets so many in by one key and no more, and as many by another', () => {
  const { hub, join, close } = open()
  const pages = Array.from({ length: MAX_PER_KEY }, () => join('c1', 'overlay'))
  const surplus = join('c1', 'overlay')
  const dock = join('c1', 'dock', undefined, { id: 'd', scope: 'read' })
  assert.equal([pages.at(-1)?.closed, surplus.closed, dock.closed], [null, CLOSE.tooMany, null])
  assert.equal(surplus.frames, [], 'it was shown nothing')
  hub.leave(surplus)
  assert.is(join('c1', 'overlay').closed, CLOSE.tooMany, 'who was turned away had no place to leave')
  hub.leave(pages[0] as Socket)
  assert.is(join('c1', 'overlay').closed, null)
  close()
})

test.run()
