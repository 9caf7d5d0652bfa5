import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Described, type Document } from '../help/described.ts'
import { type Answer, ask, jsonOf, PASSWORD, Visitor } from '../help/doors.ts'
import { NOWHERE } from '../help/outside.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/**
 * Every call of a live server, and each answer held against the description that the same server gives. A new call belongs
 * in one of these walks; the last test says which are missing.
 */

interface Scene {
  data: Awaited<ReturnType<typeof temporaryData>>
  server: RunningServer
  described: Described
  owner: Walker
}

/** Whoever asks; every answer must be as described. */
class Walker {
  readonly visitor: Visitor
  readonly #described: Described

  constructor(port: number, described: Described) {
    this.visitor = new Visitor(port)
    this.#described = described
  }

  async go(status: number, call: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const [method = '', path = ''] = call.split(' ')
    const answer = await this.visitor.call(method, path, body, headers)
    this.hold(method, path, answer)
    assert.is(answer.status, status, `${call}: ${answer.text.slice(0, 300)}`)
    return answer
  }

  async json<T>(status: number, call: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    return jsonOf<T>(await this.go(status, call, body, headers))
  }

  /** With a key and nothing else. */
  async keyed(key: string, call: string, body?: string, type = 'application/json'): Promise<Answer> {
    const [method = '', path = ''] = call.split(' ')
    const headers = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) }
    const answer = await ask(this.visitor.port, { method, path, headers, ...(body === undefined ? {} : { body }) })
    this.hold(method, path, answer)
    return answer
  }

  hold(method: string, path: string, answer: Answer): void {
    const problem = this.#described.problemWith(method, path, answer)
    assert.is(problem, null, problem ?? '')
  }
}

interface Made {
  id: string
}
interface Listed<T = Made> {
  items: T[]
}
interface Produced {
  events: { id: string }[]
}

const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA'
const SECRET = 'a secret for EventSub'
const FORMATS = ['json', 'jsonl', 'csv', 'txt', 'html', 'srt', 'vtt']
const EVIL = 'https://evil.example'

const test = suite<Scene>('api walk')
test.before(async (scene) => {
  scene.data = await temporaryData()
  scene.server = await startServer({ dataDir: join(scene.data.path, 'kept'), env: NOWHERE })
  const { port } = scene.server
  scene.described = new Described(jsonOf<Document>(await ask(port, { path: '/api/openapi.json' })))
  scene.owner = new Walker(port, scene.described)
  await scene.owner.go(201, 'POST /api/auth/register', { username: 'quiet_otter', password: PASSWORD })
})
test.after(async ({ server, data }) => {
  await server.end()
  await data.remove()
})

const keyIn = (url: string) => url.split('#')[1] ?? ''
const tokenIn = (url: string) => url.split('/').at(-1) ?? ''

test('walks through the instance', async ({ owner }) => {
  await owner.go(200, 'GET /healthz')
  await owner.go(200, 'GET /readyz')
  await owner.go(200, 'GET /metrics')
  await owner.go(200, 'GET /api/openapi.json')
  await owner.go(200, 'GET /api/docs')
  await owner.go(200, 'GET /api/platforms')
  await owner.go(200, 'GET /api/instance')
  await owner.go(200, 'GET /api/instance/engine')
  await owner.go(200, 'GET /api/instance/log')
  await owner.go(200, 'GET /api/instance/nodes')
  await owner.go(200, 'PATCH /api/instance/settings', { registration: 'open' })
  const { nonce } = await owner.json<{ nonce: string }>(201, 'POST /api/instance/address-checks')
  await owner.go(200, `GET /api/address-checks/${nonce}`)
  await owner.go(404, 'GET /api/address-checks/none')
})

test('walks through accounts and sessions', async ({ owner, server, described }) => {
  await owner.go(200, 'GET /api/auth')
  await owner.go(200, 'GET /api/auth/me')
  await owner.go(401, 'POST /api/auth/login', { username: 'quiet_otter', password: 'not that one' })
  const elsewhere = new Walker(server.port, described)
  await elsewhere.go(200, 'POST /api/auth/login', { username: 'quiet_otter', password: PASSWORD })
  const { items } = await owner.json<Listed<Made & { current: boolean }>>(200, 'GET /api/auth/sessions')
  await owner.go(204, `DELETE /api/auth/sessions/${items.find(({ current }) => !current)?.id}`)
  await elsewhere.go(200, 'POST /api/auth/login', { username: 'quiet_otter', password: PASSWORD })
  await elsewhere.go(204, 'POST /api/auth/logout')
  await owner.go(204, 'DELETE /api/auth/sessions')
  await owner.go(204, 'POST /api/auth/password', { current: PASSWORD, next: `${PASSWORD} 2` })
})

test('walks through the accounts of others', async ({ owner, server, described }) => {
  const heron = new Walker(server.port, described)
  const { account } = await heron.json<{ account: Made }>(201, 'POST /api/auth/register', {
    username: 'grey_heron',
    password: PASSWORD,
  })
  const { items } = await owner.json<Listed<Made & { owner: boolean }>>(200, 'GET /api/instance/accounts')
  await owner.go(409, `PATCH /api/instance/accounts/${items.find((each) => each.owner)?.id}`, { suspended: true })
  const { url } = await owner.json<{ url: string }>(201, `POST /api/instance/accounts/${account.id}/reset`)
  await heron.go(204, 'POST /api/auth/reset', { token: tokenIn(url), password: `${PASSWORD} 2` })
  await heron.go(403, 'POST /api/auth/reset', { token: tokenIn(url), password: `${PASSWORD} 2` })
  await owner.go(200, `PATCH /api/instance/accounts/${account.id}`, { suspended: true })
  await heron.go(403, 'POST /api/auth/login', { username: 'grey_heron', password: `${PASSWORD} 2` })
  await owner.go(204, `DELETE /api/instance/accounts/${account.id}`, { username: 'grey_heron' })
  await heron.go(201, 'POST /api/auth/register', { username: 'grey_heron', password: PASSWORD })
  await heron.go(204, 'DELETE /api/auth/me', { username: 'grey_heron', password: PASSWORD })
})

test('walks through members and invitations', async ({ owner, server, described }) => {
  const { id: spare } = await owner.json<Made>(201, 'POST /api/invites', { role: 'viewer' })
  await owner.go(204, `DELETE /api/invites/${spare}`)
  const { url } = await owner.json<{ url: string }>(201, 'POST /api/invites', { role: 'moderator', name: 'the badger' })
  await owner.go(200, 'GET /api/invites')
  await owner.go(200, 'POST /api/invites/look', { token: tokenIn(url) })
  await owner.go(403, 'POST /api/invites/look', { token: 'none' })
  const badger = new Walker(server.port, described)
  await badger.go(201, 'POST /api/auth/register', { username: 'calm_badger', password: PASSWORD })
  const { channels } = await badger.json<{ channels: Made[] }>(200, 'POST /api/invites/accept', { token: tokenIn(url) })
  const named = { 'X-CrossChat-Channel': channels[1]?.id ?? '' }
  await badger.go(403, 'POST /api/keys', { name: 'mine', scopes: ['read'] }, named)
  const { items } = await owner.json<Listed<Made & { you: boolean }>>(200, 'GET /api/members')
  await owner.go(200, `PATCH /api/members/${items.find(({ you }) => !you)?.id}`, { role: 'viewer' })
  await badger.go(204, 'DELETE /api/members/me', undefined, named)
  const again = await owner.json<{ url: string }>(201, 'POST /api/invites', { role: 'viewer' })
  const { account } = await badger.json<{ account: Made }>(200, 'POST /api/invites/accept', {
    token: tokenIn(again.url),
  })
  await owner.go(204, `DELETE /api/members/${account.id}`)
  const { id } = await owner.json<Made>(201, 'POST /api/instance/invites', {})
  await owner.go(200, 'GET /api/instance/invites')
  await owner.go(204, `DELETE /api/instance/invites/${id}`)
})

test('walks through sources and what platforms deliver', async ({ owner, server }) => {
  await owner.go(200, 'GET /api/sources')
  await owner.go(400, 'PUT /api/sources/twitch', { channel: 'no name of a channel' })
  await owner.go(404, 'PUT /api/sources/nowhere', { channel: 'cool_channel' })
  const { hook } = await owner.json<{ hook: string }>(200, 'PUT /api/sources/twitch', {
    channel: 'cool_channel',
    secret: SECRET,
  })
  await owner.go(202, 'POST /api/sources/twitch/retry')
  const [at, id, body] = [
    new Date().toISOString(),
    UNKNOWN,
    '{"challenge":"there?","subscription":{"type":"stream.online"}}',
  ]
  const signature = createHmac('sha256', SECRET).update(`${id}${at}${body}`).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'twitch-eventsub-message-id': id,
    'twitch-eventsub-message-timestamp': at,
    'twitch-eventsub-message-type': 'webhook_callback_verification',
  }
  const signed = (with_: string) =>
    ask(server.port, {
      method: 'POST',
      path: hook,
      headers: { ...headers, 'twitch-eventsub-message-signature': `sha256=${with_}` },
      body,
    })
  for (const each of [await signed(signature), await signed('0'.repeat(64))]) owner.hold('POST', hook, each)
  await owner.go(204, 'DELETE /api/sources/twitch')
})

test('walks through overlays, looks and docks', async ({ owner, server }) => {
  await owner.go(200, 'GET /api/overlays')
  const { id, url } = await owner.json<Made & { url: string }>(201, 'POST /api/overlays', {
    name: 'Second',
    settings: { theme: 'clean', fontSize: 24 },
  })
  await followed(server.base, 'overlay', keyIn(url))
  await owner.keyed('no key', 'GET /api/overlay/stream')
  await owner.go(200, `GET /api/overlays/${id}`)
  await owner.go(200, `PATCH /api/overlays/${id}`, { name: 'Other', settings: { theme: null } })
  await owner.go(200, 'GET /api/themes')
  await owner.go(200, `PUT /api/overlays/${id}/theme`, { theme: 'captions' })
  await owner.go(200, `GET /api/overlays/${id}/draft`)
  const draft = { revision: 0, settings: { theme: 'neon' } }
  const { revision } = await owner.json<{ revision: number }>(200, `PUT /api/overlays/${id}/draft`, draft)
  await owner.go(409, `PUT /api/overlays/${id}/draft`, draft)
  await owner.go(200, `POST /api/overlays/${id}/publish`, { revision })
  await owner.go(200, `GET /api/overlays/${id}/versions`)
  await owner.go(204, `POST /api/overlays/${id}/preview`, { act: 'burst' })
  await owner.go(200, `POST /api/overlays/${id}/reload`)
  await owner.go(200, `GET /api/overlays/${id}/waiting-file`)
  await owner.go(200, `POST /api/overlays/${id}/rotate`)
  await owner.go(204, `DELETE /api/overlays/${id}`)

  const dock = await owner.json<Made & { url: string }>(201, 'POST /api/docks', {
    name: 'Side screen',
    scope: 'control',
  })
  await owner.go(200, 'GET /api/docks')
  await followed(server.base, 'dock', keyIn(dock.url))
  await owner.keyed('no key', 'GET /api/dock/stream')
  assert.is((await owner.keyed(keyIn(dock.url), 'GET /api/moderation/log')).status, 200)
  await owner.keyed(keyIn(dock.url), 'POST /api/sources/twitch/retry')
  await owner.go(200, `POST /api/docks/${dock.id}/rotate`)
  assert.is((await owner.keyed(keyIn(dock.url), 'GET /api/moderation/log')).status, 401)
  await owner.go(204, `DELETE /api/docks/${dock.id}`)
})

test('walks through keys, chat that is pushed in, and the simulator', async ({ owner }) => {
  const { id, key } = await owner.json<Made & { key: string }>(201, 'POST /api/keys', {
    name: 'my bridge',
    scopes: ['produce'],
  })
  await owner.go(200, 'GET /api/keys')
  const line = `@id=${UNKNOWN};user-id=41;display-name=Quiet_Otter :quiet_otter!o@o.tmi.twitch.tv PRIVMSG #cool_channel :hello`
  assert.is((await owner.keyed(key, 'POST /api/producers/twitch', line, 'text/plain')).status, 202)
  assert.is((await owner.keyed(key, 'POST /api/producers/nowhere', line, 'text/plain')).status, 404)
  assert.is((await owner.keyed(key, 'POST /api/producers/kick', 'no json')).status, 400)
  assert.is((await owner.keyed(key, 'GET /api/streams')).status, 403)
  await owner.go(204, `DELETE /api/keys/${id}`)
  await webhooks(owner)
  await owner.go(404, 'POST /api/simulator/messages', { platform: 'nowhere', name: 'a', text: 'b' })
  const run = await owner.json<Made>(201, 'POST /api/simulator/runs', { count: 50, perSecond: 0.1 })
  await owner.go(200, `GET /api/simulator/runs/${run.id}`)
  await owner.go(204, `DELETE /api/simulator/runs/${run.id}`)
})

test('walks through a stream, its moderation and its transcript', async ({ owner }) => {
  const { id } = await owner.json<Made>(201, 'POST /api/streams', { title: 'First light' })
  await owner.go(409, 'POST /api/streams', {})
  await everyKind(owner)
  await moderation(owner, id)
  await owner.go(200, `GET /api/streams/${id}`)
  await owner.go(200, `PATCH /api/streams/${id}`, { title: 'Second light' })
  await owner.go(409, `DELETE /api/streams/${id}`)
  await owner.go(200, 'POST /api/streams/live/end')
  await owner.go(409, 'POST /api/streams/live/end')
  const { items } = await owner.json<Listed<{ kind: string }>>(200, `GET /api/streams/${id}/events?limit=500`)
  const kinds = new Set(items.map(({ kind }) => kind))
  for (const kind of ['message', 'notice', 'remove', 'restore', 'clear']) assert.ok(kinds.has(kind), `no ${kind}`)
  await owner.go(200, `GET /api/streams/${id}/events?q=luck&limit=2`)
  await owner.go(400, `GET /api/streams/${id}/events?limit=0`)
  await owner.go(200, `GET /api/streams/${id}/figures`)
  const found = await owner.json<Listed<unknown>>(200, 'GET /api/search?q=luck')
  assert.ok(found.items.length > 0)
  for (const format of FORMATS) await owner.go(200, `GET /api/streams/${id}/export?format=${format}`)
  await owner.go(200, `GET /api/streams/${id}/export?format=txt&lines=1-2,4`)
  await owner.go(400, `GET /api/streams/${id}/export?format=txt&lines=last`)
  await owner.go(200, 'GET /api/search/export?q=luck&format=csv&names=pseudonyms')
  await owner.go(400, 'GET /api/search/export?q=luck&format=srt')
  await owner.go(200, 'GET /api/streams')
  await owner.go(204, `DELETE /api/streams/${id}`)
  await owner.go(200, 'GET /api/streams?deleted=yes')
  await owner.go(200, `POST /api/streams/${id}/restore`)
  await owner.go(202, 'POST /api/viewers/erase', { platform: 'twitch', authorId: '41' })
  await owner.go(200, 'GET /api/viewers/erasures')
  await owner.go(200, 'GET /api/retention')
  await owner.go(200, 'PUT /api/retention', { days: 90 })
})

/** Each kind that each platform can simulate: between them they have all that an event can hold. */
async function everyKind(owner: Walker): Promise<void> {
  const { items } = await owner.json<Listed<Made & { samples: string[] }>>(200, 'GET /api/platforms')
  for (const { id: platform, samples } of items) {
    for (const kind of samples) {
      const text = 'good luck @quiet_otter https://example.org 🎉'
      await owner.go(202, 'POST /api/simulator/messages', {
        platform,
        kind,
        name: 'noodle_knight',
        text,
        amount: 5,
        roles: ['mod'],
      })
    }
  }
}

/** No delivery arrives: 192.0.2.1 is nobody's, and the server goes to no such address. */
async function webhooks(owner: Walker): Promise<void> {
  const wanted = { url: 'https://bot.invalid/hook', events: ['message', 'stream'] }
  await owner.go(400, 'POST /api/webhooks', { ...wanted, url: 'https://192.0.2.1/hook' })
  const { id } = await owner.json<Made>(201, 'POST /api/webhooks', wanted)
  await owner.go(200, 'GET /api/webhooks')
  await owner.go(200, `POST /api/webhooks/${id}/test`)
  await owner.go(200, `GET /api/webhooks/${id}/deliveries`)
  await owner.go(200, `POST /api/webhooks/${id}/rotate`)
  await owner.go(200, `PATCH /api/webhooks/${id}`, { paused: true, name: 'my bot' })
  await owner.go(204, `DELETE /api/webhooks/${id}`)
}

async function moderation(owner: Walker, stream: string): Promise<void> {
  const say = async (text: string) => {
    const message = { platform: 'twitch', name: 'noodle_knight', text }
    const { events } = await owner.json<Produced>(202, 'POST /api/simulator/messages', message)
    return events[0]?.id ?? ''
  }
  const id = await say('look at this')
  await owner.go(200, 'POST /api/moderation/feature', { id })
  await owner.go(200, 'POST /api/moderation/slow', { on: true })
  const marked = await owner.json<Made>(201, 'POST /api/moments', { id })
  await owner.go(404, 'POST /api/moments', { id: 'twitch:none' })
  await owner.go(200, `GET /api/streams/${stream}/moments`)
  await owner.go(204, `DELETE /api/moments/${marked.id}`)
  await owner.go(202, 'POST /api/moderation/hide', { id })
  await owner.go(409, 'POST /api/moderation/feature', { id })
  await owner.go(202, 'POST /api/moderation/unhide', { id })
  await owner.go(201, 'POST /api/moderation/people', { platform: 'twitch', authorId: '41', note: 'loud' })
  await owner.go(200, 'POST /api/moderation/people/note', { platform: 'twitch', authorId: '41', note: 'very loud' })
  await owner.go(200, 'GET /api/moderation/people')
  await owner.go(204, 'POST /api/moderation/people/show', { platform: 'twitch', authorId: '41' })
  await owner.go(202, 'POST /api/moderation/hide', { authorId: '41' })
  await owner.go(202, 'POST /api/moderation/clear')
  const rules = {
    words: ['spoiler', { text: 'ass', match: 'whole', action: 'hold' }],
    users: [],
    commands: true,
    bots: true,
  }
  const put = { ...rules, links: { action: 'hold' }, caps: { action: 'hide' } }
  await owner.go(200, 'PUT /api/moderation/rules', put)
  const [changed] = (await owner.json<Listed>(200, 'GET /api/moderation/log')).items
  await owner.go(200, `POST /api/moderation/rules/undo/${changed?.id}`)
  await owner.go(200, 'PUT /api/moderation/rules', put)
  await owner.go(200, 'GET /api/moderation/rules')
  await owner.go(200, 'POST /api/moderation/rules/test', { text: 'a spoiler' })
  const [yes, no] = [await say('an ass, one'), await say('an ass, two')]
  const { items } = await owner.json<Listed<unknown>>(200, 'GET /api/moderation/held')
  assert.is(items.length, 2)
  await owner.go(202, `POST /api/moderation/held/${encodeURIComponent(yes)}/release`)
  await owner.go(409, `POST /api/moderation/held/${encodeURIComponent(yes)}/release`)
  await owner.go(202, `POST /api/moderation/held/${encodeURIComponent(no)}/refuse`)
  await owner.go(200, 'POST /api/moderation/panic', { on: true })
  await owner.go(409, 'POST /api/moderation/feature', { id: yes })
  await owner.go(200, 'POST /api/moderation/panic', { on: false })
  await owner.go(200, 'GET /api/moderation/log?limit=500')
}

/** The stream of a page never ends, so only its beginning is looked at. */
async function followed(base: string, page: 'overlay' | 'dock', key: string): Promise<void> {
  const leave = new AbortController()
  const { status, headers } = await fetch(`${base}/api/${page}/stream`, {
    headers: { authorization: `Bearer ${key}` },
    signal: leave.signal,
  })
  leave.abort()
  assert.is(`${status} ${headers.get('content-type')}`, '200 text/event-stream; charset=utf-8')
}

test('hears of every call what its description says when something is wrong with it', async ({ server, described }) => {
  const { port } = server
  const stray = new Walker(port, described)
  await stray.go(201, 'POST /api/auth/register', { username: 'stray_fox', password: PASSWORD })
  const cookie = stray.visitor.cookie
  const own = { cookie, origin: server.base, 'content-type': 'application/json' }
  const wrongs: [string, Record<string, string>, string][] = [
    ['as nobody', {}, ''],
    ['from another site', { cookie, origin: EVIL }, ''],
    ['for another host', { host: 'evil.example' }, ''],
    ['with an unknown key', { authorization: 'Bearer nothing' }, ''],
    ['with what is no JSON', own, '{'],
    ['with the wrong shape', own, '{"surprise":1}'],
    ['with the wrong type', { ...own, 'content-type': 'text/plain' }, 'hello'],
    ['for another’s channel', { ...own, 'X-CrossChat-Channel': UNKNOWN }, ''],
    ['for what is not there', { cookie, origin: server.base }, ''],
  ]
  for (const call of described.calls.filter((each) => !ENDING.has(each))) {
    const [method = '', path = ''] = call.split(' ')
    const address = path.replace(/\{\w+\}/g, UNKNOWN)
    for (const [how, headers, body] of wrongs) {
      const answer = await ask(port, {
        method,
        path: address,
        headers,
        ...(body === '' || method === 'GET' ? {} : { body }),
      })
      const problem = described.problemWith(method, address, answer)
      assert.is(problem, null, `${how}: ${problem}`)
    }
  }
})
/** Calls that would end the session with which the others are made. */
const ENDING = new Set(['POST /api/auth/logout', 'DELETE /api/auth/sessions'])

test('has seen every call do what it is for', ({ described }) => {
  const unseen = described.unseen.filter((call) => !call.endsWith('/stream'))
  assert.equal(
    unseen,
    [],
    `No walk of tests/journeys/api-walk.test.ts asks for ${unseen.join(', ')}: add a step that is answered with what the call is for.`,
  )
})

test.run()
