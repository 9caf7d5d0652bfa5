import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView, StageView } from '../../server/api/moderation.ts'
import type { DockView } from '../../server/api/overlays.ts'
import type { ChatEvent, DockScope, ServerFrame } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { deleteLine, ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** What moderators do, on the real server: who is told, what a reload shows, what the transcript keeps. */

const test = suite('moderation')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let people = 0

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

const newPanel = () => Panel.register(server.base, `moderator_${people++}`)
const makeDock = (panel: Panel, scope: DockScope = 'moderate') =>
  panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope })
const keyOf = ({ url }: DockView) => url.split('#')[1] ?? ''

async function listen(path: string, hello: Record<string, unknown>, headers: Record<string, string> = {}) {
  const listener = new Listener(server.base, path, headers)
  await listener.opened()
  listener.hello(hello)
  await listener.until(() => listener.welcome !== null || listener.closed !== null)
  return listener
}
const listenDock = (dock: DockView, headers: Record<string, string> = {}) =>
  listen('/ws/dock', { key: keyOf(dock) }, headers)
const listenPanel = (panel: Panel) => listen('/ws/panel', {}, { Origin: server.base, Cookie: panel.cookie })

/** A call as a dock's page makes it. */
async function byDock(dock: DockView, path: string, body: unknown): Promise<Response> {
  const headers = { Authorization: `Bearer ${keyOf(dock)}`, Origin: 'null', 'Content-Type': 'application/json' }
  return fetch(server.base + path, { method: 'POST', headers, body: JSON.stringify(body) })
}
const ids = (listener: Listener) => listener.events.map(({ id }) => id)
const last = <T extends ServerFrame['type']>(listener: Listener, type: T) =>
  listener.frames.findLast((frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type)
/** What a page that is opened now is given. */
async function snapshot(key: string, until: string): Promise<string[]> {
  const fresh = await Listener.open(server.base, key)
  await fresh.until(() => ids(fresh).includes(until))
  fresh.close()
  return ids(fresh)
}

test('hides and gives back: everybody is told in order, a reload and the transcript agree', async () => {
  const panel = await newPanel()
  const { key } = await panel.overlay()
  const dock = await makeDock(panel)
  const stream = await panel.startStream()
  const [overlay, first, second, board] = await Promise.all([
    Listener.open(server.base, key),
    listenDock(dock),
    listenDock(dock),
    listenPanel(panel),
  ])
  const everybody = [overlay, first, second, board]
  const told = (kind: ChatEvent['kind']) =>
    Promise.all(everybody.map((each) => each.until(() => each.events.some((event) => event.kind === kind))))
  await panel.pushLines([ircLine('h1', 'cheap viewers'), ircLine('h2', 'good evening', 'Mossy_Otter')])
  assert.is((await byDock(dock, '/api/moderation/hide', { id: 'twitch:h1' })).status, 202)
  await told('remove')
  assert.equal(await snapshot(key, 'twitch:h2'), ['twitch:h2'])
  const struck = await panel.transcript(stream.id)
  assert.is(struck.find((item) => item.kind === 'message' && item.removed?.by === 'panel')?.kind, 'message')

  assert.is((await byDock(dock, '/api/moderation/unhide', { id: 'twitch:h1' })).status, 202)
  await told('restore')
  for (const each of everybody) {
    const restore = each.events.find((event) => event.kind === 'restore')
    assert.equal(restore?.kind === 'restore' && restore.events.map(({ id }) => id), ['twitch:h1'])
    assert.equal(
      each.events.map(({ seq }) => seq),
      everybody[0]?.events.map(({ seq }) => seq),
      'in step',
    )
  }
  assert.equal(await snapshot(key, 'twitch:h2'), ['twitch:h1', 'twitch:h2'])
  const whole = await panel.transcript(stream.id)
  assert.equal(
    whole.filter((item) => item.kind === 'message').map((item) => 'removed' in item && item.removed !== undefined),
    [false, false],
  )
  const { items } = await panel.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
  assert.equal(
    items.map(({ what, by, text }) => [what, by.kind, text]),
    [
      ['unhide', 'dock', 'cheap viewers'],
      ['hide', 'dock', 'cheap viewers'],
    ],
  )
  for (const each of everybody) each.close()
})

test('does not give back what the platform removed', async () => {
  const panel = await newPanel()
  const { key } = await panel.overlay()
  await panel.pushLines([ircLine('p1', 'gone for good'), deleteLine('p1'), ircLine('p2', 'stays')])
  await panel.json('POST', '/api/moderation/unhide', { id: 'twitch:p1' })
  assert.equal(await snapshot(key, 'twitch:p2'), ['twitch:p2'])
})

test('features a message for those who are there and those who come, until it is removed', async () => {
  const panel = await newPanel()
  const { key } = await panel.overlay()
  const dock = await makeDock(panel)
  const everybody = [await Listener.open(server.base, key), await listenDock(dock), await listenPanel(panel)]
  await panel.pushLines([ircLine('f1', 'what a jump')])
  assert.is((await byDock(dock, '/api/moderation/feature', { id: 'twitch:f1' })).status, 200)
  for (const each of everybody) {
    await each.until(() => last(each, 'featured')?.event?.id === 'twitch:f1')
    each.close()
  }
  const late = await Listener.open(server.base, key)
  assert.is(late.welcome?.featured?.id, 'twitch:f1')
  await panel.pushLines([deleteLine('f1')])
  await late.until(() => last(late, 'featured')?.event === null)
  const later = await listenDock(dock)
  assert.is(later.welcome?.featured, null)
  for (const each of [late, later]) each.close()
})

test('features nothing of another channel', async () => {
  const [mine, other] = [await newPanel(), await newPanel()]
  await other.pushLines([ircLine('o1', 'not yours')])
  const dock = await makeDock(mine)
  for (const id of ['twitch:o1', 'twitch:unknown']) {
    const answer = await byDock(dock, '/api/moderation/feature', { id })
    assert.is(answer.status, 404)
  }
  const theirs = await makeDock(other)
  for (const [method, path] of [
    ['DELETE', `/api/docks/${theirs.id}`],
    ['POST', `/api/docks/${theirs.id}/rotate`],
  ] as const) {
    assert.is((await mine.call(method, path)).status, 404)
  }
  const { items } = await mine.json<{ items: DockView[] }>('GET', '/api/docks')
  assert.equal(
    items.map(({ id }) => id),
    [dock.id],
  )
})

test('holds overlays empty over a restart, and nothing of it reaches a picture afterwards', async () => {
  const panel = await newPanel()
  const { key } = await panel.overlay()
  const dock = await makeDock(panel)
  const stream = await panel.startStream()
  const overlay = await Listener.open(server.base, key)
  await panel.pushLines([ircLine('n1', 'before')])
  assert.is((await byDock(dock, '/api/moderation/panic', { on: true })).status, 200)
  await overlay.until(() => last(overlay, 'panic')?.on === true)
  await panel.pushLines([ircLine('n2', 'a flood')])
  await server.end()
  server = await startServer({ dataDir: data.path, port: server.port })
  const back = await Listener.open(server.base, key)
  assert.is(back.welcome?.panic, true)
  await panel.pushLines([ircLine('n3', 'more of it')])
  await back.until(() => ids(back).includes('twitch:n3'))
  const calm: StageView = await (await byDock(dock, '/api/moderation/panic', { on: false })).json()
  assert.equal(calm, { panic: false, slow: false, featured: null })
  await back.until(() => last(back, 'panic')?.on === false)
  const place = back.frames.findIndex((frame) => frame.type === 'panic')
  const clearAt = back.frames.findIndex(
    (frame) => frame.type === 'events' && frame.events.some(({ kind }) => kind === 'clear'),
  )
  assert.ok(clearAt >= 0 && clearAt < place, 'what came meanwhile is cleared before rows are drawn again')
  await panel.pushLines([ircLine('n4', 'after')])
  assert.equal(await snapshot(key, 'twitch:n4'), ['twitch:n4'])
  const kept = (await panel.transcript(stream.id)).filter((item) => item.kind === 'message')
  assert.equal(
    kept.map((item) => [item.id, item.removed]),
    ['n1', 'n2', 'n3', 'n4'].map((id) => [`twitch:${id}`, undefined]),
    'the transcript has all of it',
  )
  for (const each of [overlay, back]) each.close()
})

test('slows overlays down over a restart, and keeps all of it', async () => {
  const panel = await newPanel()
  const other = await newPanel()
  const { key } = await panel.overlay()
  const dock = await makeDock(panel)
  const stream = await panel.startStream()
  const everybody = await Promise.all([Listener.open(server.base, key), listenDock(dock), listenPanel(panel)])
  const foreign = await listenPanel(other)
  for (const each of everybody) assert.is(each.welcome?.slow, false)
  const answer: StageView = await (await byDock(dock, '/api/moderation/slow', { on: true })).json()
  assert.equal(answer, { panic: false, slow: true, featured: null })
  await Promise.all(everybody.map((each) => each.until(() => last(each, 'slow')?.on === true)))
  await server.end()
  server = await startServer({ dataDir: data.path, port: server.port })
  const back = await Promise.all([Listener.open(server.base, key), listenDock(dock), listenPanel(panel)])
  for (const each of back) assert.is(each.welcome?.slow, true)
  const ten = Array.from({ length: 10 }, (_, nth) => `s${nth}`)
  await panel.pushLines(ten.map((id) => ircLine(id, 'a raid is here')))
  const told = ten.map((id) => `twitch:${id}`)
  for (const each of back) {
    await each.until(() => ids(each).includes('twitch:s9'))
    assert.equal(ids(each).slice(-10), told, 'the server holds nothing back')
  }
  const kept = await panel.transcript(stream.id)
  assert.equal(
    kept.filter((item) => item.kind === 'message').map(({ id }) => id),
    told,
  )
  assert.is((await byDock(dock, '/api/moderation/slow', { on: false })).status, 200)
  await Promise.all(back.map((each) => each.until(() => last(each, 'slow')?.on === false)))
  const { items } = await panel.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
  assert.equal(
    items.map(({ what, by }) => [what, by]),
    ['unslow', 'slow'].map((what) => [what, { kind: 'dock', name: 'Side' }]),
  )
  assert.is(last(foreign, 'slow'), undefined, 'nobody else is told')
  for (const each of [...everybody, ...back, foreign]) each.close()
})

test('gives docks what panels get, less what is secret, from any origin and whatever the cookies', async () => {
  const panel = await newPanel()
  const dock = await makeDock(panel, 'read')
  const listener = await listenDock(dock, { Origin: 'https://evil.example', Cookie: 'cc=nonsense' })
  assert.is(listener.welcome?.scope, 'read')
  await listener.until(() => last(listener, 'status') !== undefined)
  const sources = last(listener, 'status')?.sources ?? []
  assert.equal(
    sources.map(({ platform, options, hook }) => [platform, options, hook]),
    ['twitch', 'youtube', 'kick'].map((platform) => [platform, {}, null]),
  )
  // Other servers hear of it within a second.
  const listed = async () => (await panel.json<{ items: DockView[] }>('GET', '/api/docks')).items[0]?.clients
  while ((await listed())?.length !== 1) await new Promise((resolve) => setTimeout(resolve, 20))
  await panel.startStream('Evening')
  await listener.until(() => last(listener, 'stream')?.live === true)
  assert.is(last(listener, 'stream')?.title, 'Evening')
  listener.close()
})

test('closes a dock with 4002 when its key is rotated or it is deleted, and lets the old key in no more', async () => {
  const panel = await newPanel()
  const dock = await makeDock(panel)
  const first = await listenDock(dock)
  const rotated = await panel.json<DockView>('POST', `/api/docks/${dock.id}/rotate`)
  await first.until(() => first.closed !== null, 1_000)
  assert.is(first.closed, 4002)
  const old = await listenDock(dock)
  await old.until(() => old.closed !== null)
  assert.is(old.closed, 4001)
  const second = await listenDock(rotated)
  await panel.call('DELETE', `/api/docks/${dock.id}`)
  await second.until(() => second.closed !== null, 1_000)
  assert.is(second.closed, 4002)
})

test('keeps the doors of overlays and docks apart', async () => {
  const panel = await newPanel()
  const dock = await makeDock(panel)
  const { key } = await panel.overlay()
  for (const [path, wrong] of [
    ['/ws/dock', key],
    ['/ws/overlay', keyOf(dock)],
  ] as const) {
    const listener = await listen(path, { key: wrong })
    await listener.until(() => listener.closed !== null)
    assert.is(listener.closed, 4001, path)
  }
  const stream = await fetch(`${server.base}/api/overlay/stream`, {
    headers: { Authorization: `Bearer ${keyOf(dock)}` },
  })
  assert.is(stream.status, 401)
  await stream.body?.cancel()
})

test('gives a dock’s frames as an event stream too, to its own key only, until that is withdrawn', async () => {
  const panel = await newPanel()
  const dock = await makeDock(panel, 'control')
  const open = (key: string) =>
    fetch(`${server.base}/api/dock/stream`, { headers: { Authorization: `Bearer ${key}`, Origin: 'null' } })
  for (const wrong of [(await panel.overlay()).key, 'nonsense']) {
    const refused = await open(wrong)
    assert.is(refused.status, 401)
    await refused.body?.cancel()
  }
  assert.is((await fetch(`${server.base}/api/dock/stream`, { method: 'OPTIONS' })).status, 204)
  assert.is((await fetch(`${server.base}/api/dock/stream`, { method: 'POST' })).status, 405)
  const answer = await open(keyOf(dock))
  assert.is(answer.headers.get('access-control-allow-origin'), '*')
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const until = async (words: string) => {
    while (!heard.includes(words)) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      assert.not.ok(done, `ended without ${words}`)
      heard += value
    }
  }
  await until('"type":"status"')
  const [welcome, nothingYet, status] = heard
    .split('\n\n')
    .map((each) => each && JSON.parse(each.replace('data: ', '')))
  assert.equal(nothingYet, { type: 'events', events: [] })
  assert.equal([welcome.type, welcome.scope, welcome.slow], ['welcome', 'control', false])
  assert.equal(status.sources[0].options, {}, 'less what is secret')
  await panel.pushLines([ircLine('e1', 'good evening')])
  await until('twitch:e1')
  const { items } = await panel.json<{ items: DockView[] }>('GET', '/api/docks')
  assert.is(items[0]?.clients.length, 1)
  await panel.call('POST', `/api/docks/${dock.id}/rotate`)
  await until('event: close\ndata: 4002')
  await reader?.cancel()
  assert.is((await open(keyOf(dock))).status, 401)
})

test('takes nothing but hellos from a dock’s socket', async () => {
  const panel = await newPanel()
  const listener = await listenDock(await makeDock(panel, 'control'))
  listener.ws.send(JSON.stringify({ type: 'panic', on: true }))
  await listener.until(() => listener.closed !== null)
  assert.is(listener.closed, 1008)
})

test('starts and ends a stream and sends a test message by a control dock', async () => {
  const panel = await newPanel()
  const dock = await makeDock(panel, 'control')
  assert.is((await byDock(dock, '/api/streams', { title: 'From the desk' })).status, 201)
  const sample = { platform: 'twitch', name: 'Mossy_Otter', text: 'a test' }
  assert.is((await byDock(dock, '/api/simulator/messages', sample)).status, 202)
  assert.is((await byDock(dock, '/api/streams/live/end', {})).status, 200)
  const { items } = await panel.json<{ items: { title: string; messages: number }[] }>('GET', '/api/streams')
  assert.equal([items[0]?.title, items[0]?.messages], ['From the desk', 1])
})

test.run()
