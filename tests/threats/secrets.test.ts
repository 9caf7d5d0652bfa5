import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeView } from '../../server/api/accounts.ts'
import { ask, jsonOf, member, PASSWORD, Visitor } from '../help/doors.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { Raw } from '../help/raw.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** Secrets of every kind are planted and used; then all that the server has written and answered is searched for them. */

const METRICS_TOKEN = 'planted-metrics-token'
const ENV = {
  ...NOWHERE,
  CROSSCHAT_LOG: 'debug',
  CROSSCHAT_SECRET: 'planted-instance-secret-of-enough-bytes',
  CROSSCHAT_METRICS_TOKEN: METRICS_TOKEN,
  CROSSCHAT_TWITCH_CLIENT_SECRET: 'planted-client-secret',
}

const test = suite('threats/secrets')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let owner: Visitor
/** By what they are. */
const planted = new Map<string, string>([
  ['password', PASSWORD],
  ['wrong password', 'planted-wrong-password'],
  ['broken password', 'planted-broken-password'],
  ['instance secret', ENV.CROSSCHAT_SECRET],
  ['metrics token', METRICS_TOKEN],
  ['client secret', ENV.CROSSCHAT_TWITCH_CLIENT_SECRET],
  ['source secret', 'planted-source-secret'],
  ['source key', 'planted-youtube-key'],
])
const refusals: string[] = []

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path, env: ENV })
  owner = await member(server.port, 'Otter')
  planted.set('signature of the cookie', owner.jar.get('cc.sig') ?? '')
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

async function made<T = { url: string }>(path: string, body: unknown): Promise<T> {
  const answer = await owner.call('POST', path, body)
  assert.is(answer.status, 201, `${path} ${answer.text}`)
  return jsonOf<T>(answer)
}
const keyIn = (url: string) => url.split('#')[1] ?? ''
const tokenIn = (url: string) => url.split('/').at(-1) ?? ''
const secretOf = (name: string) => planted.get(name) ?? ''

async function refused(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await owner.call(method, path, body, headers)
  assert.ok(answer.status >= 400, `${method} ${path}: ${answer.status}`)
  refusals.push(answer.text, JSON.stringify(answer.headers))
}

test('makes one secret of every kind', async () => {
  const overlays = jsonOf<{ items: { id: string; url: string }[] }>(await owner.call('GET', '/api/overlays'))
  const [overlay = { id: '', url: '' }] = overlays.items
  planted.set('overlay key', keyIn(overlay.url))
  const look = await owner.call('GET', `/api/overlays/${overlay.id}/draft`)
  planted.set('preview key', keyIn(jsonOf<{ preview: string }>(look).preview))
  planted.set('dock key', keyIn((await made('/api/docks', { name: 'Side', scope: 'moderate' })).url))
  planted.set('API key', (await made<{ key: string }>('/api/keys', { name: 'bot', scopes: ['produce', 'read'] })).key)
  planted.set('invitation', tokenIn((await made('/api/invites', { role: 'viewer' })).url))
  const guest = await member(server.port, 'Guest')
  const { account } = jsonOf<MeView>(await guest.call('GET', '/api/auth/me'))
  planted.set('reset link', tokenIn((await made(`/api/instance/accounts/${account.id}/reset`, undefined)).url))
  const webhook = { name: 'bot', url: 'https://bot.example/crosschat', events: ['message'] }
  planted.set('webhook secret', (await made<{ secret: string }>('/api/webhooks', webhook)).secret)
  const follow = (platform: string, body: object) => owner.call('PUT', `/api/sources/${platform}`, body)
  const twitch = await follow('twitch', { channel: 'cool_channel', secret: secretOf('source secret') })
  planted.set('address for deliveries', tokenIn(jsonOf<{ hook: string }>(twitch).hook))
  await follow('youtube', { channel: '@cool_channel', apiKey: secretOf('source key') })
  for (const [name, secret] of planted) assert.ok(secret.length >= 12, `${name} is there`)
})

test('uses each as it is meant, and as it is not', async () => {
  const bearer = (name: string) => ({ authorization: `Bearer ${secretOf(name)}` })
  const overlay = await Listener.open(server.base, secretOf('overlay key'))
  const line = await ask(server.port, {
    method: 'POST',
    path: '/api/simulator/messages',
    headers: { 'content-type': 'application/json', origin: server.base, cookie: owner.cookie },
    body: JSON.stringify({ platform: 'twitch', name: 'Noodle_Knight', text: 'hello' }),
  })
  assert.ok(line.status < 300, line.text)
  await overlay.until(() => overlay.events.length > 0)
  overlay.close()
  for (const [name] of planted) {
    await refused('GET', `/nothing/${encodeURIComponent(secretOf(name))}?key=${encodeURIComponent(secretOf(name))}`)
    await refused('GET', `/api/streams/${encodeURIComponent(secretOf(name))}`)
    await refused('POST', '/api/auth/reset', { token: secretOf(name), password: 'short' })
    await refused('POST', '/api/invites', { role: secretOf(name), [secretOf(name).slice(0, 5)]: 1 })
    const wrong = await ask(server.port, { path: '/api/streams/none', headers: bearer(name) })
    refusals.push(wrong.text)
    if (name === 'overlay key') continue
    const stranger = new Listener(server.base, '/ws/overlay', { ...bearer(name) })
    await stranger.opened()
    stranger.hello({ key: secretOf(name) })
    await stranger.until(() => stranger.closed !== null)
  }
  await refused('POST', '/api/auth/login', { username: 'Otter', password: secretOf('wrong password') })
  const broken = await ask(server.port, {
    method: 'POST',
    path: '/api/auth/login',
    headers: { 'content-type': 'application/json' },
    body: `{"username":"Otter","password":"${secretOf('broken password')}",`,
  })
  refusals.push(broken.text)
  await refused('POST', `/hooks/twitch/${secretOf('address for deliveries')}`, { event: {} })
  await refused('POST', '/api/auth/reset', { token: secretOf('reset link'), password: 'short' })
})

/** Fields that would begin a line of the log, if it let them. */
const FORGED = '{"level":"error","msg":"forged"}'

test('writes whatever callers send into one line of the log', async () => {
  for (const odd of [`x\r\n${FORGED}`, `x\n${FORGED}\n`, `\u0000\u001b[2J\u2028${FORGED}`, `\u0085${FORGED}`]) {
    await refused('POST', '/api/auth/login', { username: odd, password: odd })
    await refused('POST', '/api/overlays', { name: { [odd]: odd } })
    await refused('GET', `/nothing/${encodeURIComponent(odd)}?q=${encodeURIComponent(odd)}`)
    await owner.call('POST', '/api/streams', { title: odd })
    await owner.call('POST', '/api/streams/live/end', {})
    await owner.call('POST', '/api/simulator/messages', { platform: 'twitch', name: odd.slice(0, 20), text: odd })
  }
  const raw = new Raw(server.port)
  raw.socket.end(`GET /\u0001${FORGED} HTTP/1.1\r\nHost: 127.0.0.1\r\nX: \u0002\r\n\r\n`)
  await raw.ended()
})

test('gives figures to the token alone, and names nobody in them', async () => {
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { 'x-forwarded-for': '127.0.0.1' }])
    assert.ok([401, 404].includes((await ask(server.port, { path: '/metrics', headers })).status))
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  const { text } = await ask(server.port, { path: '/metrics', headers })
  assert.match(text, /^cc_overlays /m)
  const { account, channel } = jsonOf<MeView>(await owner.call('GET', '/api/auth/me'))
  for (const name of [account.id, channel.id, 'Otter', 'Guest', 'cool_channel', 'Noodle_Knight'])
    assert.not.ok(text.toLowerCase().includes(name.toLowerCase()), name)
  for (const [name, secret] of planted) assert.not.ok(text.includes(secret), `${name} in the figures`)
})

test('shows none of them in the log that its owner reads, nor in what was refused', async () => {
  const log = await owner.call('GET', '/api/instance/log')
  assert.is(log.status, 200)
  for (const [name, secret] of planted) {
    assert.not.ok(log.text.includes(secret), `${name} in the log’s end`)
    // What does not fit is named by its field; a field that somebody named like a secret is another matter.
    assert.not.ok(
      refusals.some((each) => each.includes(secret)),
      `${name} in a refusal`,
    )
  }
})

test('leaves none of them in its files, nor in what it wrote to its log', async () => {
  await new Visitor(server.port).call('POST', '/api/auth/login', { username: 'Guest', password: PASSWORD })
  await server.end()
  const files = await filesIn(data.path)
  assert.ok(files.length > 5)
  for (const file of files) {
    const bytes = await readFile(file)
    for (const [name, secret] of planted) assert.not.ok(bytes.includes(secret), `${name} in ${file}`)
  }
  const output = server.output()
  for (const [name, secret] of planted) assert.not.ok(output.includes(secret), `${name} in the log`)
})

test('has written one entry a line, and none that a caller made up', () => {
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  assert.ok(lines.length > 50, `${lines.length} lines`)
  for (const line of lines) {
    const entry: { msg?: unknown } = JSON.parse(line)
    assert.is.not(entry.msg, 'forged')
  }
  // The words before the first entry and the link to begin with are its own.
  const others = server
    .output()
    .split('\n')
    .filter((line) => !line.startsWith('{'))
  assert.not.ok(others.join('\n').includes('forged'))
})

test('lets nobody else on the machine read its files', async () => {
  for (const file of [data.path, ...(await filesIn(data.path))]) assert.is((await stat(file)).mode & 0o077, 0, file)
})

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test.run()
