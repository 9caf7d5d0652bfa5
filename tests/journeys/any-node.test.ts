import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EngineView } from '../../server/api/engine.ts'
import type { InstanceView, LogView, ResetLinkView, TenantView } from '../../server/api/instance.ts'
import type { InviteView } from '../../server/api/members.ts'
import type { NodesView } from '../../server/api/nodes.ts'
import type { DockView, OverlayView } from '../../server/api/overlays.ts'
import type { KeyView } from '../../server/api/programs.ts'
import type { RunView } from '../../server/api/simulator.ts'
import { CLOSE, type SourceView } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, PASSWORD, Panel } from '../help/panel.ts'
import { postgresBin } from '../help/postgres.ts'
import { Raw } from '../help/raw.ts'
import { redisStands } from '../help/redis.ts'
import { type RunningServer, startNodes, startServer, temporaryData } from '../help/server.ts'
import { sharedBy } from '../help/several.ts'
import { WebhookReceiver } from '../help/stand-ins/webhook-receiver.ts'

/** Two servers that share Redis and PostgreSQL, each called at its own address: whatever one of them is told holds at the other. */

const LOOK_EVERY_MS = 20
const TOO_LARGE = 3_000_000
const ENV = { ...NOWHERE, CROSSCHAT_WEBHOOKS_ANYWHERE: 'yes', CROSSCHAT_HASTE: '20' }

const test = suite('any node')
let data: Awaited<ReturnType<typeof temporaryData>>
let both: RunningServer
let one: RunningServer
let other: RunningServer
let owner: Panel

test.before(async () => {
  data = await temporaryData()
  both = await startNodes(2, { dataDir: data.path, env: ENV })
  const [first, second] = both.nodes
  if (first === undefined || second === undefined) throw new Error('Two servers were wanted.')
  one = first
  other = second
  owner = await Panel.register(one.base, 'Mossy_Otter')
})
test.after(async () => {
  await both.end('SIGKILL')
  await data.remove()
})

let made = 0
/** Somebody whose channel has its home at the first server. */
async function newcomer(): Promise<Panel> {
  const panel = await Panel.register(one.base, `guest_${++made}`)
  await panel.pushLines([ircLine(`first-${made}`, 'hello')])
  return panel
}
async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (holds(answer)) return answer
    await sleep(LOOK_EVERY_MS)
  }
}
async function tenantOf(panel: Panel): Promise<TenantView> {
  const { account } = await panel.me()
  const { items } = await owner.json<{ items: TenantView[] }>('GET', '/api/instance/accounts?limit=100')
  const found = items.find(({ id }) => id === account.id)
  if (found === undefined) throw new Error('The account is not there.')
  return found
}

/** Looks on at a server's panel, in a channel. */
async function lookingOn(panel: Panel, { base }: RunningServer, channel: string): Promise<Listener> {
  const headers = { Origin: base, Cookie: panel.cookie }
  const listener = new Listener(base, `/ws/panel?channel=${channel}`, headers)
  await listener.opened()
  listener.hello({})
  await listener.until(() => listener.welcome !== null)
  return listener
}
async function closedWith(listeners: readonly Listener[]): Promise<(number | null)[]> {
  await Promise.all(listeners.map((each) => each.until(() => each.closed !== null)))
  return listeners.map(({ closed }) => closed)
}

test('a limit counts the calls of both', async () => {
  const wrong = (at: RunningServer) =>
    new Panel(at.base).call('POST', '/api/auth/login', { username: 'nobody_here', password: 'a wrong password' })
  const statuses: number[] = []
  for (let nth = 0; nth < 6; nth++) statuses.push((await wrong(nth % 2 === 0 ? one : other)).status)
  assert.equal(statuses, [401, 401, 401, 401, 401, 429])
})

test('a link for a new password opens at the other one, once, and ends the sessions at both', async () => {
  const panel = await newcomer()
  const { id, username } = await tenantOf(panel)
  const { url } = await owner.json<ResetLinkView>('POST', `/api/instance/accounts/${id}/reset`)
  const token = url.split('/').at(-1)
  const choose = (at: RunningServer) =>
    new Panel(at.base).call('POST', '/api/auth/reset', { token, password: 'a brand new secret' })
  assert.is((await choose(other)).status, 204)
  assert.is((await choose(one)).status >= 400, true)
  for (const at of [one, other]) {
    assert.is((await panel.at(at.base).call('GET', '/api/auth/me')).status, 401)
    const login = { username, password: 'a brand new secret' }
    assert.is((await new Panel(at.base).call('POST', '/api/auth/login', login)).status, 200)
  }
})

test('settings of the instance hold at the other one soon', async () => {
  const settings = async (at: RunningServer) =>
    (await owner.at(at.base).json<InstanceView>('GET', '/api/instance')).settings.registration
  await owner.json('PATCH', '/api/instance/settings', { registration: 'closed' })
  await until(
    () => settings(other),
    (registration) => registration === 'closed',
  )
  await owner.at(other.base).json('PATCH', '/api/instance/settings', { registration: 'open' })
  await until(
    () => settings(one),
    (registration) => registration === 'open',
  )
})

test('a server with another secret does not start beside them', async () => {
  const apart = await temporaryData()
  const env = { ...ENV, ...(await sharedBy(data.path)), CROSSCHAT_SECRET: 'another secret than theirs and long enough' }
  const started = await startServer({ dataDir: apart.path, env }).catch((error: Error) => error)
  assert.instance(started, Error)
  assert.match(started instanceof Error ? started.message : '', /another CROSSCHAT_SECRET/)
  await apart.remove()
})

test('an overlay at the other one is listed, told to reload and counted, and closed when its key is exchanged', async () => {
  const panel = await newcomer()
  const { id, key } = await panel.overlay()
  const [here, there] = await Promise.all([Listener.open(one.base, key), Listener.open(other.base, key)])
  for (const at of [one, other]) {
    const listed = () => panel.at(at.base).json<OverlayView>('GET', `/api/overlays/${id}`)
    await until(listed, ({ clients }) => clients.length === 2)
  }
  const told = await panel.at(other.base).json<{ pages: number }>('POST', `/api/overlays/${id}/reload`)
  assert.is(told.pages, 2)
  for (const each of [here, there]) await each.until(() => each.frames.some(({ type }) => type === 'reload'))
  await panel.at(other.base).json('POST', `/api/overlays/${id}/rotate`)
  for (const each of [here, there]) {
    await each.until(() => each.closed !== null)
    assert.is(each.closed, 4002)
  }
})

test('what a member may do is the same at both, from the answer on, and their panels hear of it', async () => {
  const panel = await newcomer()
  const member = await Panel.register(other.base, `member_${made}`)
  const { id: channel } = (await panel.me()).channel
  const { url = '' } = await panel.json<InviteView>('POST', '/api/invites', { role: 'viewer' })
  await member.json('POST', '/api/invites/accept', { token: url.split('/').at(-1) })
  const at = `/api/members/${(await member.me()).account.id}`
  const panels = () => Promise.all([one, other].map((server) => lookingOn(member, server, channel)))
  const named = { 'X-CrossChat-Channel': channel }
  const clears = async () => {
    const answers = [one, other].map(({ base }) =>
      member.at(base).call('POST', '/api/moderation/panic', { on: false }, named),
    )
    return (await Promise.all(answers)).map(({ status }) => status)
  }
  const asViewer = await panels()
  assert.equal(await clears(), [403, 403])
  await panel.json('PATCH', at, { role: 'moderator' })
  assert.equal(await clears(), [200, 200])
  assert.equal(await closedWith(asViewer), [CLOSE.restart, CLOSE.restart])
  const asModerator = await panels()
  assert.equal(
    asModerator.map(({ welcome }) => welcome?.role),
    ['moderator', 'moderator'],
  )
  await panel.at(other.base).json('PATCH', at, { role: 'viewer' })
  assert.equal(await clears(), [403, 403])
  assert.equal(await closedWith(asModerator), [CLOSE.restart, CLOSE.restart])
  const asBefore = await panels()
  assert.is((await panel.call('DELETE', at)).status, 204)
  assert.equal(await clears(), [404, 404])
  assert.equal(await closedWith(asBefore), [CLOSE.withdrawn, CLOSE.withdrawn])
})

test('somebody who is suspended at one is out at the other, with their keys and their docks', async () => {
  const panel = await newcomer()
  const { id, username } = await tenantOf(panel)
  const { id: channel } = (await panel.me()).channel
  const { key = '' } = await panel.json<KeyView>('POST', '/api/keys', { name: 'bot', scopes: ['produce', 'read'] })
  const dock = await panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope: 'moderate' })
  const panels = await Promise.all([one, other].map((server) => lookingOn(panel, server, channel)))
  const overlay = await Listener.open(other.base, (await panel.overlay()).key)
  const bearing = (bearer: string) => ({ Authorization: `Bearer ${bearer}` })
  const statuses = async ({ base }: RunningServer) => {
    const nobody = new Panel(base)
    const answers = [
      panel.at(base).call('GET', '/api/streams'),
      nobody.call('GET', '/api/streams', undefined, bearing(key)),
      nobody.call('POST', '/api/moderation/panic', { on: false }, bearing(dock.url.split('#')[1] ?? '')),
      nobody.call('POST', '/api/auth/login', { username, password: PASSWORD }),
    ]
    return (await Promise.all(answers)).map(({ status }) => status)
  }
  const suspend = (at: RunningServer, suspended: boolean) =>
    owner.at(at.base).json('PATCH', `/api/instance/accounts/${id}`, { suspended })
  assert.equal(await statuses(other), [200, 200, 200, 200])
  await suspend(one, true)
  assert.equal(await statuses(other), [401, 403, 403, 403])
  assert.equal(await statuses(one), [401, 403, 403, 403])
  assert.equal(await closedWith(panels), [CLOSE.withdrawn, CLOSE.withdrawn])
  assert.is(overlay.closed, null, 'what is on air stays')
  await suspend(other, false)
  assert.equal(await statuses(one), [401, 200, 200, 200])
  overlay.close()
})

test('a run of the simulator is seen and stopped at the other one', async () => {
  const panel = await newcomer()
  const order = { count: 5_000, perSecond: 20 }
  const { id } = await panel.json<RunView>('POST', '/api/simulator/runs', order)
  const away = panel.at(other.base)
  await until(
    () => away.json<RunView>('GET', `/api/simulator/runs/${id}`),
    ({ made }) => made > 0,
  )
  assert.is((await away.call('DELETE', `/api/simulator/runs/${id}`)).status, 204)
  assert.is((await panel.json<RunView>('GET', `/api/simulator/runs/${id}`)).finished, true)
})

test('what a channel has is there with the first call that opens it again', async () => {
  const panel = await Panel.register(one.base, `guest_${++made}`)
  const receiver = await WebhookReceiver.start()
  const webhook = { name: 'my bot', url: receiver.url, events: ['message'] }
  await panel.json('POST', '/api/webhooks', webhook)
  await panel.json('PUT', '/api/sources/twitch', { channel: 'cool_channel', enabled: false })
  await panel.at(other.base).pushLines([ircLine(`bot-${made}`, 'for the bot')])
  await receiver.until((received) => received.length > 0)
  const { items } = await panel.at(other.base).json<{ items: SourceView[] }>('GET', '/api/sources')
  assert.is(items.find(({ platform }) => platform === 'twitch')?.channel, 'cool_channel')
  await receiver.close()
})

test('a body that is too large for the other one is answered while it is still sent, and its line ends behind it', async () => {
  const panel = await newcomer()
  const port = Number(new URL(other.base).port)
  const raw = new Raw(port)
  raw.socket.write(
    `POST /api/producers/twitch HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${other.base}\r\nCookie: ${panel.cookie}\r\n` +
      `Content-Type: text/plain\r\nContent-Length: ${2 * TOO_LARGE}\r\n\r\n`,
  )
  raw.socket.write('x'.repeat(TOO_LARGE))
  await until(
    async () => raw.heard,
    (heard) => heard.includes('"too_large"'),
  )
  assert.match(raw.heard, /^HTTP\/1\.1 413 /)
  assert.match(raw.heard, /\r\nconnection: close\r\n/i)
  raw.socket.write('x'.repeat(TOO_LARGE))
  await raw.ended()
})

test('removing somebody at the other one ends what they follow', async () => {
  const panel = await newcomer()
  const { id, username } = await tenantOf(panel)
  await panel.json('PUT', '/api/sources/twitch', { channel: 'cool_channel' })
  const figures = async () => (await owner.json<NodesView>('GET', '/api/instance/nodes')).items
  await until(figures, (items) => items.some(({ platforms }) => platforms.length > 0))
  await owner.at(other.base).json('DELETE', `/api/instance/accounts/${id}`, { username })
  await until(figures, (items) => items.every(({ platforms }) => platforms.length === 0))
})

test('either says how both are, and gives the figures and the log of the one that is named', async () => {
  for (const at of [one, other]) {
    const ask = () => owner.at(at.base).json<NodesView>('GET', '/api/instance/nodes')
    const { items, whole } = await until(ask, ({ items }) => items.length === 2)
    assert.is(whole.nodes, 2)
    assert.is(
      whole.channels,
      items.reduce((sum, { channels }) => sum + channels, 0),
    )
    assert.equal(
      items.map(({ here, silent, unready }) => [here, silent, unready]),
      [
        [true, false, []],
        [false, false, []],
      ],
    )
    for (const { redis, database, memory } of items) {
      assert.ok(redis?.answered !== null && database?.answered !== null && memory > 0)
    }
    const away = items[1]?.id ?? ''
    const look = <T>(what: string) => owner.at(at.base).json<T>('GET', `/api/instance${what}?node=${away}`)
    assert.is((await look<EngineView>('/engine')).node, away)
    assert.is((await look<LogView>('/log')).node, away)
    const { node, store } = await look<InstanceView>('')
    assert.equal([node, store], [away, 'database'])
  }
  assert.is((await owner.call('GET', '/api/instance/log?node=nobody')).status, 404)
  const metrics = await (await fetch(`${one.base}/metrics`)).text()
  assert.match(metrics, /^cc_nodes 2$/m)
  assert.match(metrics, /^cc_answer_seconds\{of="redis"\} 0\.\d+/m)
})

if (redisStands('any node') && postgresBin('any node') !== null) test.run()
