import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ChatEvent, SourceView } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { recorded } from '../help/payloads.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { chatData, Kick } from '../help/stand-ins/kick.ts'
import type { Provider } from '../help/stand-ins/kick-lines.ts'

const test = suite('kick by socket')
const HASTE = '20'

let kick: Kick
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let accounts = 0

test.before.each(async () => {
  kick = await Kick.start()
  data = await temporaryData()
  server = await start()
})
test.after.each(async () => {
  await server.end('SIGKILL')
  await kick.close()
  await data.remove()
})

function start(): Promise<RunningServer> {
  return startServer({ dataDir: data.path, env: { ...kick.env, CROSSCHAT_HASTE: HASTE } })
}

interface Viewer {
  panel: Panel
  overlay: Listener
}

async function newcomer(): Promise<Viewer> {
  const panel = await Panel.register(server.base, `kick_socket_${++accounts}`)
  const { key } = await panel.overlay()
  return { panel, overlay: await Listener.open(server.base, key) }
}

/** Follows over the socket; resolves once all of its channels are subscribed. */
async function follow({ panel }: Viewer, channel: string, more: object = {}): Promise<SourceView> {
  const view = await panel.json<SourceView>('PUT', '/api/sources/kick', { channel, socket: true, ...more })
  await subscribed()
  return view
}

function subscribed(): Promise<void> {
  return kick.until(() => [...kick.lines].some(({ channels }) => channels.size === 5))
}

async function source({ panel }: Viewer): Promise<SourceView | undefined> {
  const { items } = await panel.json<{ items: SourceView[] }>('GET', '/api/sources')
  return items.find(({ platform }) => platform === 'kick')
}

const texts = ({ overlay }: Viewer) => overlay.events.flatMap((event) => (event.kind === 'message' ? [event.text] : []))

async function said(viewer: Viewer, text: string): Promise<void> {
  await subscribed()
  kick.say('Noodle_Knight', text)
  await viewer.overlay.until(() => texts(viewer).includes(text))
}

/** What an event says, whichever way it came; frames without id or time of their own get those of their delivery. */
function told({ seq: _, receivedAt, at, id, ...event }: ChatEvent): object {
  const own = !/^kick:[\w-]+:\d+$/.test(id)
  return { ...event, at: at === receivedAt ? 'on receipt' : at, id: own ? id : 'of its delivery' }
}

test('makes of every recorded frame what a producer’s push of it becomes, over either provider', async () => {
  const frames = recorded<{ frame: { event: string; data: string; channel: string } }>('kick-pusher.jsonl')
  for (const provider of ['pusher', 'centrifugo'] as Provider[]) {
    kick.providers = [provider]
    const [read, pushed] = [await newcomer(), await newcomer()]
    await follow(read, `channel-${provider}`)
    for (const { frame } of frames) {
      kick.frame(frame.event, frame.data, frame.channel)
      assert.is((await pushed.panel.call('POST', '/api/producers/kick', frame)).status, 202)
    }
    await said(read, 'the end')
    await pushed.overlay.until(() => pushed.overlay.events.length === frames.length)
    assert.equal(read.overlay.events.slice(0, -1).map(told), pushed.overlay.events.map(told), provider)
    // How a source is is told several times a second, and not with each event.
    let view = await source(read)
    while (view?.way === null) view = await source(read)
    assert.is(view?.way, provider === 'pusher' ? 'unofficial Pusher socket' : 'unofficial socket')
    await read.panel.json('DELETE', '/api/sources/kick')
    await kick.until(() => kick.lines.size === 0)
  }
})

test('shows a message once that comes by webhook and by socket', async () => {
  const viewer = await newcomer()
  const { hook } = await follow(viewer, 'cool_channel')
  kick.hooks.set(server.base + hook, kick.channel('cool-channel'))
  for (const text of ['one', 'two', 'three']) await said(viewer, text)
  kick.hooks.clear()
  await said(viewer, 'the end')
  assert.equal(texts(viewer), ['one', 'two', 'three', 'the end'])
})

test('takes away on air what is deleted, banned, timed out or cleared, also before the message came', async () => {
  const viewer = await newcomer()
  await follow(viewer, 'cool_channel')
  const say = (id: string, name: string) =>
    kick.frame('App\\Events\\ChatMessageEvent', chatData({ id, name, text: id, at: '2026-05-01T18:00:01Z' }))
  const user = { id: 1_002, username: 'Noisy_One', slug: 'noisy-one' }
  kick.frame('App\\Events\\MessageDeletedEvent', { id: 'd-1', message: { id: 'early' } })
  say('early', 'Noodle_Knight')
  say('late', 'Noodle_Knight')
  kick.frame('App\\Events\\MessageDeletedEvent', { id: 'd-2', message: { id: 'late' }, aiModerated: true })
  kick.frame('App\\Events\\MessageDeletedEvent', { id: 'd-2', message: { id: 'late' }, aiModerated: true })
  kick.frame('App\\Events\\UserBannedEvent', { id: 'b-1', user, permanent: true })
  kick.frame('App\\Events\\UserBannedEvent', { id: 'b-2', user, permanent: false, duration: 5 })
  kick.frame('App\\Events\\ChatroomClearEvent', { id: 'c-1' })
  await said(viewer, 'the end')
  const shown = viewer.overlay.events.map((event) => {
    if (event.kind === 'remove') return 'id' in event.target ? event.target.id : event.target.authorId
    return event.kind === 'message' ? event.text : event.kind
  })
  // What was removed before it came is kept, marked, and never on air.
  assert.equal(
    shown.filter((each) => each !== 'early'),
    ['kick:early', 'late', 'kick:late', '1002', '1002', 'clear', 'the end'],
  )
})

test('comes back by itself from whatever goes wrong, with one gap for each loss', async () => {
  const viewer = await newcomer()
  const stream = await viewer.panel.startStream()
  await follow(viewer, 'cool_channel')
  await said(viewer, 'before')
  const losses = ['drop', 'expired', 'refuse', 'silent', 'switch'] as const
  for (const trouble of losses) {
    const closed = kick.count('closed')
    kick.troubles[trouble]?.()
    kick.troubles.garbage?.()
    await kick.until(() => kick.count('closed') > closed)
    await said(viewer, `after ${trouble}`)
  }
  assert.equal(texts(viewer), ['before', ...losses.map((trouble) => `after ${trouble}`)])
  // A gap is told on its own way to the transcript, behind the event before it.
  let gaps: unknown[] = []
  while (gaps.length < losses.length)
    gaps = (await viewer.panel.transcript(stream.id)).filter(({ kind }) => String(kind) === 'gap')
  assert.is(gaps.length, losses.length, JSON.stringify(gaps))
})

test('asks for the ids once for good, also over a restart', async () => {
  const viewer = await newcomer()
  await follow(viewer, 'cool_channel')
  await said(viewer, 'before')
  assert.equal([(await source(viewer))?.title, kick.count('lookup')], ['cool-channel', 1])
  await server.end()
  await kick.until(() => kick.lines.size === 0)
  server = await start()
  await subscribed()
  assert.is(kick.count('lookup'), 1)
})

test('says in the panel how to paste the ids, and lives by them', async () => {
  kick.lookup = 'blocked'
  const viewer = await newcomer()
  await viewer.panel.json('PUT', '/api/sources/kick', { channel: 'cool_channel', socket: true })
  let view = await source(viewer)
  for (; view?.state !== 'attention'; view = await source(viewer)) assert.is(view?.state, 'connecting')
  assert.match(view.error ?? '', /in your browser, and paste/)
  await follow(viewer, 'cool_channel', { channelId: '6006', chatroomId: '5005' })
  await said(viewer, 'by hand')
})

test.run()
