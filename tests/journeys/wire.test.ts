import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OverlayView } from '../../server/api/overlays.ts'
import { MAX_PER_CLIENT } from '../../server/channels/crowd.ts'
import type { Message } from '../../workers/message.ts'
import { Listener } from '../help/listener.ts'
import { alone } from '../help/one-server.ts'
import { deleteLine, ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

const test = suite('wire')
const onOneServer = alone(test)
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let panel: Panel
let key: string

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  panel = await Panel.register(server.base, 'wire_owner')
  key = (await panel.overlay()).key
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

const lines = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ircLine(`${prefix}-${index}`, `line ${index}`))
const seqs = (listener: Listener) => listener.events.map(({ seq }) => seq)

test('welcomes with epoch, seq, settings, stream, platforms and build', async () => {
  const overlay = await Listener.open(server.base, key)
  const { welcome } = overlay
  assert.is(welcome?.recovered, false)
  assert.ok((welcome?.epoch.length ?? 0) >= 16)
  assert.is(welcome?.settings.theme, 'clean')
  assert.equal(welcome?.stream, { live: false, startedAt: null, title: null })
  assert.equal(
    welcome?.platforms.map(({ id }) => id),
    ['twitch', 'youtube', 'kick'],
  )
  assert.type(welcome?.build, 'string')
  overlay.close()
})

test('shows pushed lines in order, with seqs that have no gap', async () => {
  const overlay = await Listener.open(server.base, key)
  const from = overlay.welcome?.seq ?? 0
  const produced = await panel.pushLines(lines('order', 50))
  assert.is(produced.accepted, 50)
  await overlay.until(() => overlay.seq >= from + 50)
  const fresh = overlay.events.filter(({ seq }) => seq > from)
  assert.equal(
    fresh.map(({ seq }) => seq),
    produced.events.map(({ seq }) => seq),
  )
  assert.equal(
    fresh.map((event) => (event as Message).text),
    Array.from({ length: 50 }, (_, index) => `line ${index}`),
  )
  assert.is(produced.events[0]?.seq, from + 1)
  overlay.close()
})

test('takes a repeated delivery for what it is', async () => {
  const again = lines('twice', 5)
  await panel.pushLines(again)
  const produced = await panel.pushLines([...again, ircLine('twice-new', 'new')])
  assert.is(produced.duplicates, 5)
  assert.equal(
    produced.events.map(({ id }) => id),
    ['twitch:twice-new'],
  )
})

test('gives a client that comes back exactly what it missed', async () => {
  const first = await Listener.open(server.base, key)
  await panel.pushLines(lines('before', 10))
  await first.until(() => first.events.some(({ id }) => id === 'twitch:before-9'))
  first.close()
  await panel.pushLines(lines('missed', 20))
  const back = await Listener.open(server.base, key, { epoch: first.epoch, seq: first.seq })
  assert.is(back.welcome?.recovered, true)
  await back.until(() => back.events.length >= 20)
  assert.equal(
    seqs(back),
    Array.from({ length: 20 }, (_, index) => first.seq + 1 + index),
  )
  back.close()
})

test('says recovered: false and sends a snapshot when the epoch is another one or too much was missed', async () => {
  const stranger = await Listener.open(server.base, key, { epoch: 'another', seq: 3 })
  assert.is(stranger.welcome?.recovered, false)
  stranger.close()
  const first = await Listener.open(server.base, key)
  const { epoch } = first
  const seq = first.welcome?.seq ?? 0
  first.close()
  await panel.pushLines(lines('flood-a', 400))
  await panel.pushLines(lines('flood-b', 400))
  const late = await Listener.open(server.base, key, { epoch, seq })
  assert.is(late.welcome?.recovered, false)
  await late.until(() => late.events.length > 0)
  assert.is(late.events.at(-1)?.seq, late.welcome?.seq, 'the snapshot ends at the top')
  late.close()
})

test('leaves removed messages out of a snapshot and replays the removal to who resumes', async () => {
  const first = await Listener.open(server.base, key)
  const seq = first.welcome?.seq ?? 0
  first.close()
  await panel.pushLines([ircLine('doomed', 'soon gone'), ircLine('stays', 'stays'), deleteLine('doomed')])
  const resumed = await Listener.open(server.base, key, { epoch: first.epoch, seq })
  await resumed.until(() => resumed.events.length >= 3)
  assert.equal(
    resumed.events.map(({ kind }) => kind),
    ['message', 'message', 'remove'],
  )
  resumed.close()
  const fresh = await Listener.open(server.base, key)
  await fresh.until(() => fresh.events.length > 0)
  assert.is(
    fresh.events.some(({ id }) => id === 'twitch:doomed'),
    false,
  )
  assert.is(
    fresh.events.some(({ id }) => id === 'twitch:stays'),
    true,
  )
  fresh.close()
})

test('hides a message whose removal came first', async () => {
  await panel.pushLines([deleteLine('early'), ircLine('early', 'too late')])
  const fresh = await Listener.open(server.base, key)
  await fresh.until(() => fresh.events.length > 0)
  assert.is(fresh.events.find(({ id }) => id === 'twitch:early')?.hidden, 'removed')
  fresh.close()
})

test('welcomes again a client that finds itself behind', async () => {
  const overlay = await Listener.open(server.base, key)
  const at = overlay.welcome?.seq ?? 0
  await panel.pushLines(lines('behind', 3))
  await overlay.until(() => overlay.seq === at + 3)
  const before = overlay.events.length
  overlay.hello({ key, epoch: overlay.epoch, seq: at })
  await overlay.until(() => overlay.events.length >= before + 3)
  assert.is(overlay.frames.filter(({ type }) => type === 'welcome').length, 2)
  overlay.close()
})

test('closes a wrong key with 4001', async () => {
  for (const wrong of ['nonsense', `${key.slice(0, -2)}AA`, '']) {
    const stranger = new Listener(server.base)
    await stranger.opened()
    stranger.hello({ key: wrong })
    await stranger.until(() => stranger.closed !== null)
    assert.is(stranger.closed, 4001)
  }
})

test('closes a client that says nothing with 4004', async () => {
  const silent = new Listener(server.base)
  await silent.until(() => silent.closed !== null)
  assert.is(silent.closed, 4004)
})

onOneServer(
  'turns away with 4005 what is too many from one address, and lets in again when there is room',
  async () => {
    const crowd = Array.from({ length: MAX_PER_CLIENT + 1 }, () => new Listener(server.base))
    await Promise.all(crowd.map((each) => each.opened()))
    const refused = await Promise.race(crowd.map(async (each) => (await once(each.ws, 'close'))[0]))
    assert.is(refused, 4005)
    for (const each of crowd) each.close()
    const late = await Listener.open(server.base, key)
    late.close()
  },
)

test('cuts the names that a client gives itself', async () => {
  const overlay = new Listener(server.base)
  await overlay.opened()
  overlay.hello({ key, client: { name: 'n'.repeat(500), obs: 'o'.repeat(500) } })
  await overlay.until(() => overlay.welcome !== null)
  const named = async () => {
    const { items } = await panel.json<{ items: OverlayView[] }>('GET', '/api/overlays')
    return items[0]?.clients.some(({ name }) => name === 'n'.repeat(60))
  }
  // Another server tells who is connected to it once a second.
  while (!(await named())) await sleep(100)
  overlay.close()
})

test('answers no other method than GET on the event stream', async () => {
  for (const method of ['POST', 'PUT', 'HEAD']) {
    const answer = await fetch(`${server.base}/api/overlay/stream`, { method })
    assert.equal([answer.status, answer.headers.get('allow')], [405, 'GET, OPTIONS'])
  }
})

test('closes a frame that is no word of the protocol with 1008, a wrong key with 4001 and what is too big with 1009', async () => {
  for (const [text, code] of [
    ['{"type":"moderate"}', 1008],
    ['not json', 1008],
    ['{"type":"hello","key":{"length":[{"toString":1}]}}', 1008],
    ['{"type":"hello","key":7}', 4001],
    [`{"type":"hello","key":"${'x'.repeat(201)}"}`, 4001],
    [`{"type":"hello","key":"${'x'.repeat(5_000)}"}`, 1009],
  ] as const) {
    const rude = new Listener(server.base)
    await rude.opened()
    rude.ws.send(text)
    await rude.until(() => rude.closed !== null)
    assert.is(rude.closed, code, text.slice(0, 30))
  }
})

test('closes the sockets of an old key with 4002 and refuses it from then on', async () => {
  const made = await panel.json<{ id: string; url: string }>('POST', '/api/overlays', { name: 'To be rotated' })
  const old = made.url.split('#')[1] ?? ''
  const overlay = await Listener.open(server.base, old)
  const rotated = await panel.json<{ url: string }>('POST', `/api/overlays/${made.id}/rotate`)
  await overlay.until(() => overlay.closed !== null)
  assert.is(overlay.closed, 4002)
  const again = new Listener(server.base)
  await again.opened()
  again.hello({ key: old })
  await again.until(() => again.closed !== null)
  assert.is(again.closed, 4001)
  const fresh = await Listener.open(server.base, rotated.url.split('#')[1] ?? '')
  fresh.close()
})

test('sends changed settings at once', async () => {
  const overlay = await panel.overlay()
  const listener = await Listener.open(server.base, key)
  await panel.json('PATCH', `/api/overlays/${overlay.id}`, { settings: { fontSize: 40 } })
  await listener.until(() => listener.frames.some(({ type }) => type === 'settings'))
  const frame = listener.frames.find((each) => each.type === 'settings')
  assert.is(frame?.type === 'settings' && frame.settings.fontSize, 40)
  listener.close()
})

test('gives the same frames as an event stream, and resumes it', async () => {
  const open = (query = '') =>
    fetch(`${server.base}/api/overlay/stream${query}`, { headers: { Authorization: `Bearer ${key}`, Origin: 'null' } })
  const answer = await open()
  assert.is(answer.status, 200)
  assert.is(answer.headers.get('access-control-allow-origin'), '*')
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const first = JSON.parse(((await reader?.read())?.value ?? '').split('\n')[0]?.replace('data: ', '') ?? '')
  assert.is(first.type, 'welcome')
  await reader?.cancel()
  await panel.pushLines(lines('streamed', 2))
  const back = await open(`?epoch=${first.epoch}&seq=${first.seq}`)
  const text = back.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  while (!heard.includes('streamed-1')) heard += (await text?.read())?.value ?? ''
  const frames = heard
    .split('\n\n')
    .filter(Boolean)
    .map((each) => JSON.parse(each.replace('data: ', '')))
  assert.is(frames[0].recovered, true)
  assert.equal(
    frames[1].events.map(({ id }: { id: string }) => id),
    ['twitch:streamed-0', 'twitch:streamed-1'],
  )
  await text?.cancel()
  const refused = await fetch(`${server.base}/api/overlay/stream`, { headers: { Authorization: 'Bearer nonsense' } })
  assert.is(refused.status, 401)
  const preflight = await fetch(`${server.base}/api/overlay/stream`, { method: 'OPTIONS', headers: { Origin: 'null' } })
  assert.is(preflight.status, 204)
})

onOneServer('cuts off a client that stops reading, and holds nobody else up', async () => {
  const stuck = await Listener.open(server.base, key)
  const reading = await Listener.open(server.base, key)
  const from = reading.welcome?.seq ?? 0
  stuck.ws.pause()
  const slowClosed = async () => {
    const metrics = await (await fetch(`${server.base}/metrics`)).text()
    return Number(/^cc_slow_closed_total (\d+)$/m.exec(metrics)?.[1])
  }
  const before = await slowClosed()
  let sent = 0
  // The kernel takes some megabytes before anything waits in the server.
  for (let push = 0; push < 60 && (await slowClosed()) === before; push++) {
    const produced = await panel.pushLines(
      Array.from({ length: 500 }, (_, index) => ircLine(`slow-${push}-${index}`, 'x'.repeat(450))),
    )
    sent += produced.accepted
  }
  assert.is(await slowClosed(), before + 1)
  await reading.until(() => reading.seq >= from + sent)
  assert.equal(
    reading.events.filter(({ seq }) => seq > from).map(({ seq }) => seq),
    Array.from({ length: sent }, (_, index) => from + 1 + index),
  )
  stuck.ws.resume()
  await stuck.until(() => stuck.closed !== null)
  const back = await Listener.open(server.base, key, { epoch: stuck.epoch, seq: stuck.seq })
  assert.is(back.welcome?.seq, reading.seq, 'it may come back at once')
  for (const each of [reading, back]) each.close()
})

test('lets a panel in by cookie and Origin only', async () => {
  const status = async (headers: Record<string, string>) => {
    const listener = new Listener(server.base, '/ws/panel', headers)
    const [answer] = (await Promise.race([
      once(listener.ws, 'unexpected-response').then(([, response]) => [response.statusCode]),
      once(listener.ws, 'open').then(() => [101]),
    ])) as [number]
    listener.close()
    return answer
  }
  assert.is(await status({ Origin: server.base, Cookie: panel.cookie }), 101)
  assert.is(await status({ Origin: 'https://evil.example', Cookie: panel.cookie }), 403)
  assert.is(await status({ Origin: 'null', Cookie: panel.cookie }), 403)
  assert.is(await status({ Cookie: panel.cookie }), 403)
  assert.is(await status({ Origin: server.base }), 401)
})

test('tells of another title of the live stream, and ends it under that', async () => {
  const overlay = await Listener.open(server.base, key)
  const stream = await panel.startStream('First name')
  await panel.json('PATCH', `/api/streams/${stream.id}`, { title: 'Second name' })
  await overlay.until(() => overlay.frames.some((frame) => frame.type === 'stream' && frame.title === 'Second name'))
  assert.is((await panel.endStream()).title, 'Second name')
  overlay.close()
})

test('tells the panel which overlays are connected and how the stream goes', async () => {
  const live = new Listener(server.base, '/ws/panel', { Origin: server.base, Cookie: panel.cookie })
  await live.opened()
  live.hello({})
  await live.until(() => live.frames.some(({ type }) => type === 'status'))
  const overlay = new Listener(server.base)
  await overlay.opened()
  overlay.hello({ key, client: { name: 'overlay', obs: '2.24.4' } })
  const overlays = () => live.frames.flatMap((frame) => (frame.type === 'status' ? frame.overlays : []))
  await live.until(() => overlays().some(({ obs }) => obs === '2.24.4'))
  const stream = await panel.startStream('Wired')
  await live.until(() => live.frames.some((frame) => frame.type === 'stream' && frame.live && frame.title === 'Wired'))
  await overlay.until(() => overlay.events.some((event) => event.kind === 'clear' && event.by === 'stream'))
  await panel.endStream()
  await live.until(() => live.frames.some((frame) => frame.type === 'stream' && !frame.live))
  assert.type(stream.id, 'string')
  live.close()
  overlay.close()
})

test.run()
