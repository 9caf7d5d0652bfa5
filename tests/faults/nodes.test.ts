import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CLOSE, type SourceView } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { Nodes, overlayKey } from '../help/nodes.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { postgresBin, startPostgres } from '../help/postgres.ts'
import { redisStands } from '../help/redis.ts'
import type { RunningServer } from '../help/server.ts'
import { chatEvent, TwitchEventSub } from '../help/stand-ins/twitch-eventsub.ts'

interface Context {
  nodes: Nodes
  /** Signed in on every node. */
  panel: Panel
  key: string
}

const test = suite<Context>('several nodes')

const bin = postgresBin('faults/nodes')
const sender = new TwitchEventSub()

test.before(async (context) => {
  const database = bin === null ? {} : { DATABASE_URL: await (await startPostgres(bin)).database() }
  context.nodes = await Nodes.of(
    async ({ base }) => {
      context.panel = await Panel.register(base, 'cool_channel')
      context.key = await overlayKey(context.panel)
    },
    { ...NOWHERE, ...sender.env, ...database },
  )
})
test.after(({ nodes }) => nodes.close())

let next = 1
const lines = (count: number) => Array.from({ length: count }, () => ircLine(`n${next}`, `line ${next++}`))
const idsOf = ({ events }: Listener) => events.map(({ id }) => id)
const expected = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, nth) => `twitch:n${from + nth}`)

/** Pushes to a node, again and again while it says that the channel is being moved. */
async function push(panel: Panel, { base }: RunningServer, count = 5): Promise<void> {
  const some = lines(count)
  for (;;) {
    const answer = await panel.at(base).call('POST', '/api/producers/twitch', some.join('\r\n'), PLAIN)
    if (answer.ok) return
    assert.is(answer.status, 503)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const PLAIN = { 'Content-Type': 'text/plain' }

/** All of it, in order and once, each number one more than the one before. */
async function showed(listener: Listener, from: number, to: number): Promise<void> {
  await listener.until(() => idsOf(listener).includes(`twitch:n${to}`))
  assert.equal(idsOf(listener), expected(from, to))
  const [first] = listener.events
  assert.equal(
    listener.events.map(({ seq }) => seq - (first?.seq ?? 0)),
    expected(from, to).map((_, nth) => nth),
  )
}

test('show one chat on the sockets of all of them, in order and once, also after its home is killed', async ({
  nodes,
  panel,
  key,
}) => {
  const [one, two] = [await nodes.start(), await nodes.start()]
  const from = next
  await push(panel, one)
  const here = await Listener.open(one.base, key)
  const there = await Listener.open(two.base, key)
  for (let round = 0; round < 10; round++) await push(panel, one)
  await showed(here, from, next - 1)
  await showed(there, from, next - 1)
  assert.is(here.epoch, there.epoch)

  await one.end('SIGKILL')
  await push(panel, two)
  await showed(there, from, next - 1)
  assert.equal([there.welcome?.recovered, there.closed], [true, null])
  assert.is.not(there.epoch, here.epoch)
  // What stood on the dead node comes to the other one and goes on where it was.
  const back = await Listener.open(two.base, key, { epoch: here.epoch, seq: here.seq })
  assert.is(back.welcome?.recovered, true)
  await showed(back, next - 5, next - 1)
  await push(panel, two)
  await showed(there, from, next - 1)
  for (const each of [here, there, back]) each.close()
})

test('take calls for a channel that another one runs, and answer as that one does', async ({ nodes, panel, key }) => {
  const { running } = nodes
  const [two, three] = [running[1], await nodes.start()]
  if (two === undefined) throw new Error('There is no second node.')
  await push(panel, two)
  const there = await Listener.open(two.base, key)
  const from = next
  await push(panel, three)
  const upTo = next - 1
  await there.until(() => idsOf(there).includes(`twitch:n${upTo}`))
  assert.equal(idsOf(there).slice(-5), expected(from, upTo))
  const of = (server: RunningServer) => panel.at(server.base)
  // Panic, as all see it at once: asked for at the one, done at the other.
  const guest = await Listener.open(three.base, key)
  await of(three).json('POST', '/api/moderation/panic', { on: true })
  for (const each of [there, guest]) {
    await each.until(() => each.frames.some((frame) => frame.type === 'panic' && frame.on))
  }
  const later = await Listener.open(three.base, key)
  assert.is(later.welcome?.panic, true)
  await of(two).json('POST', '/api/moderation/panic', { on: false })
  await guest.until(() => guest.frames.some((frame) => frame.type === 'panic' && !frame.on))
  const [mine, theirs] = await Promise.all([two, three].map((server) => of(server).json('GET', '/api/sources')))
  assert.equal(mine, theirs)
  const wrong = await of(three).call('POST', '/api/moderation/feature', { id: 'twitch:none' })
  assert.is(wrong.status, 404)
  assert.match(await wrong.text(), /not_found/)
  const unsigned = await fetch(`${three.base}/api/sources`)
  assert.is(unsigned.status, 401)
  for (const each of [there, guest, later]) each.close()
})

test('write one transcript, in which each event stands once, also when its home is killed', async ({
  nodes,
  panel,
}) => {
  const [, two, three] = nodes.running
  if (two === undefined || three === undefined) throw new Error('There are no two nodes.')
  if (bin === null) return
  const stream = await panel.at(three.base).startStream('Two houses')
  const from = next
  for (let round = 0; round < 5; round++) await push(panel, round % 2 === 0 ? two : three)
  await two.end('SIGKILL')
  for (let round = 0; round < 3; round++) await push(panel, three)
  const transcript = await panel.at(three.base).transcript(stream.id)
  const ids = transcript.flatMap((event) => (event.kind === 'message' ? [event.id] : []))
  assert.equal(ids, expected(from, next - 1))
  await nodes.start()
})

test('close the sockets of a key on every node when it is exchanged on one', async ({ nodes, panel }) => {
  const [two, three] = nodes.running.slice(-2)
  if (two === undefined || three === undefined) throw new Error('There are no two nodes.')
  const { items } = await panel.at(two.base).json<{ items: { id: string; url: string }[] }>('GET', '/api/overlays')
  const overlay = items.find(({ url }) => url.includes('#'))
  const key = overlay?.url.split('#')[1] ?? ''
  const sockets = await Promise.all([two, three].map(({ base }) => Listener.open(base, key)))
  await panel.at(three.base).json('PATCH', `/api/overlays/${overlay?.id}`, { settings: { maxLines: 7 } })
  for (const each of sockets) await each.until(() => each.frames.some(({ type }) => type === 'settings'))
  await panel.at(three.base).json('POST', `/api/overlays/${overlay?.id}/rotate`, {})
  for (const each of sockets) {
    await each.until(() => each.closed !== null)
    assert.is(each.closed, CLOSE.withdrawn)
  }
})

test('take what a platform delivers while the home of its channel is missed, once another one has it', async ({
  nodes,
}) => {
  const [two, three] = nodes.running.slice(-2)
  if (two === undefined || three === undefined) throw new Error('There are no two nodes.')
  if (bin === null) return
  const panel = await Panel.register(two.base, 'delivered_to')
  const { hook } = await panel.json<SourceView>('PUT', '/api/sources/twitch', { channel: 'cool_channel' })
  const there = await Listener.open(three.base, await overlayKey(panel))
  await two.end('SIGKILL')
  // Kick does not send again what was refused.
  const answers = await Promise.all(
    ['first', 'second'].map((id) => sender.deliver(three.base + hook, chatEvent(id, `the ${id} one`))),
  )
  assert.equal(
    answers.map(({ status }) => status),
    [204, 204],
  )
  await there.until(() => there.events.length === 2)
  assert.equal(idsOf(there).sort(), ['twitch:first', 'twitch:second'])
  there.close()
})

if (redisStands('faults/nodes')) test.run()
