import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Answer, ask, codeOf, member, type Visitor } from '../help/doors.ts'
import { Raw } from '../help/raw.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** Pages of other sites, names that point here from elsewhere, and what every answer says against them. */

const EVIL = 'https://evil.example'
const READING = ['get', 'head', 'options']
const PAGES = ['/', '/admin/', '/overlay', '/overlay/', '/dock', '/dock/']

const test = suite('threats/origin')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let owner: Visitor
/** Each call of the described ones: its method, and its address with ids that nobody has. */
let calls: { method: string; path: string }[]

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  owner = await member(server.port, 'Otter')
  const { paths } = JSON.parse((await ask(server.port, { path: '/api/openapi.json' })).text)
  calls = Object.keys(paths).flatMap((path) =>
    Object.keys(paths[path]).map((method) => ({ method, path: path.replace(/\{[^}]+\}/g, 'AAAAAAAAAAAAAAAAAAAAAA') })),
  )
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

/** What a page may say of where it comes from, and none of it ours. */
function strangers(): Record<string, string>[] {
  return [
    { origin: EVIL },
    { origin: 'null' },
    { origin: `http://sub.127.0.0.1:${server.port}` },
    { origin: `http://127.0.0.1:${server.port + 1}` },
    { origin: `https://127.0.0.1:${server.port}` },
    { origin: `http://127.0.0.1:${server.port}.evil.example` },
    { origin: EVIL, 'sec-fetch-site': 'same-origin' },
    { origin: EVIL, authorization: 'Bearer nonsense' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ]
}

test('refuses every call that changes something to pages of other sites, with a session and every form of Origin', async () => {
  const changing = calls.filter(({ method, path }) => !READING.includes(method) && !path.startsWith('/hooks/'))
  assert.ok(changing.length > 40, `${changing.length} calls`)
  for (const { method, path } of changing) {
    for (const headers of strangers()) {
      const sent = { 'content-type': 'application/json', cookie: owner.cookie, ...headers }
      const answer = await ask(server.port, { method: method.toUpperCase(), path, headers: sent, body: '{}' })
      assert.is(answer.status, 403, `${method} ${path} ${JSON.stringify(headers)}`)
      assert.is(codeOf(answer), 'wrong_origin')
      assert.equal(answer.cookies, [])
    }
  }
  assert.is((await owner.call('GET', '/api/auth/me')).status, 200, 'nobody was signed out')
})

test('signs nobody in or out for another site, not even without a session', async () => {
  const body = JSON.stringify({ username: 'Otter', password: 'a long enough secret' })
  const [, ...foreign] = strangers().reverse()
  for (const path of ['/api/auth/login', '/api/auth/register', '/api/auth/logout', '/api/auth/reset']) {
    for (const headers of foreign.filter(({ authorization }) => authorization === undefined)) {
      const sent = { 'content-type': 'application/json', ...headers }
      const answer = await ask(server.port, { method: 'POST', path, headers: sent, body })
      assert.is(answer.status, 403, `${path} ${JSON.stringify(headers)}`)
      assert.equal(answer.cookies, [])
    }
  }
})

test('takes what forms of other sites can send for no JSON, also from its own', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
  ]) {
    const answer = await owner.call('POST', '/api/streams', { title: 'x' }, { 'content-type': type })
    assert.is(answer.status, 415, type)
  }
})

/** The status that a handshake is answered with. */
async function handshake(path: string, headers: Record<string, string>): Promise<number> {
  const raw = new Raw(server.port)
  const all = { host: `127.0.0.1:${server.port}`, ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  raw.socket.write(
    `GET ${path} HTTP/1.1\r\n${lines.join('')}Upgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  )
  await new Promise<void>((resolve) => {
    raw.socket.once('data', () => resolve())
    raw.socket.once('close', () => resolve())
  })
  raw.socket.destroy()
  return Number(/^HTTP\/1\.1 (\d+)/.exec(raw.heard)?.[1] ?? 0)
}

test('opens the panel’s socket to its own page with a session that stands, before the 101', async () => {
  const own = `http://127.0.0.1:${server.port}`
  const { cookie } = owner
  for (const headers of strangers()) {
    assert.is(await handshake('/ws/panel', { cookie, ...headers }), 403, JSON.stringify(headers))
  }
  assert.is(await handshake('/ws/panel', { origin: own, cookie }), 101)
  assert.is(await handshake('/ws/panel', { origin: own }), 401)
  const leaver = await member(server.port, 'Leaver')
  const copy = leaver.cookie
  await leaver.call('POST', '/api/auth/logout')
  assert.is(await handshake('/ws/panel', { origin: own, cookie: copy }), 401)
})

test('answers under no foreign name, over HTTP and sockets, and repeats none', async () => {
  for (const host of [
    'evil.example',
    `rebind.example:${server.port}`,
    'localhost.evil.example',
    '192.168.1.5',
    'x@localhost',
  ]) {
    for (const path of ['/', '/admin/', '/overlay', '/api/auth', '/healthz', '/hooks/twitch/x']) {
      const answer = await ask(server.port, { path, headers: { host } })
      assert.ok([400, 421].includes(answer.status), `${host} ${path}: ${answer.status}`)
      assert.not.match(answer.text + JSON.stringify(answer.headers), /evil|rebind|192\.168/)
    }
    for (const path of ['/ws/overlay', '/ws/dock', '/ws/panel', '/ws/preview'])
      assert.ok([400, 421].includes(await handshake(path, { host })), `${host} ${path}`)
  }
})

test('believes no header about its own name or the caller’s address', async () => {
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '203.0.113.9',
    forwarded: 'for=203.0.113.9;host=evil.example',
    'x-original-url': '/metrics',
    'x-rewrite-url': '/metrics',
  }
  for (const path of ['/api/auth', '/api/overlays', '/api/sources', '/admin/', '/overlay', '/nothing']) {
    const answer = await owner.call('GET', path, undefined, headers)
    assert.not.match(answer.text + JSON.stringify(answer.headers), /evil\.example/, path)
  }
  const wrong = (nth: number) =>
    ask(server.port, {
      method: 'POST',
      path: '/api/auth/login',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${nth}` },
      body: JSON.stringify({ username: 'Otter', password: 'not it at all' }),
    })
  for (let tries = 0; tries < 5; tries++) assert.is((await wrong(tries)).status, 401)
  assert.is((await wrong(9)).status, 429, 'one caller, whatever it calls itself')
})

/** An answer of each kind: pages, data, refusals. */
async function everyKind(): Promise<[string, Answer][]> {
  const read = calls.filter(({ method }) => method === 'get').map(({ path }) => path)
  const odd = ['/nothing', '/%', '/assets/none.js', '/api', '/metrics', '/api/overlay/stream']
  const paths = [...PAGES, ...read, ...odd]
  return Promise.all(paths.map(async (path): Promise<[string, Answer]> => [path, await owner.call('GET', path)]))
}

test('lets no answer but the overlay be framed by others, none be guessed at, kept by others or read by their pages', async () => {
  for (const [path, { headers, status }] of await everyKind()) {
    const policy = String(headers['content-security-policy'])
    // An overlay has no button, cookie or origin: there is nothing in it that a click could do.
    if (path.startsWith('/overlay')) assert.not.match(policy, /frame-ancestors/)
    else
      assert.match(
        policy,
        path.startsWith('/dock') ? /frame-ancestors 'self'/ : /frame-ancestors 'none'/,
        `${path} ${status}`,
      )
    assert.is(headers['x-content-type-options'], 'nosniff', path)
    // Pages hold nothing of anybody: they are asked for anew each time, and may be kept until then.
    assert.is(headers['cache-control'], PAGES.includes(path) ? 'no-cache' : 'no-store', path)
    assert.ok(['same-origin', 'no-referrer'].includes(String(headers['referrer-policy'])), path)
    assert.is(headers.server, undefined)
    assert.is(headers['x-powered-by'], undefined)
  }
})

test('opens no call with a session to another site’s page', async () => {
  for (const { path } of calls) {
    for (const origin of [EVIL, 'null']) {
      const asked = {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      }
      const preflight = await ask(server.port, { method: 'OPTIONS', path, headers: asked })
      // Docks have no origin and no session: their calls are open to them by key alone.
      assert.is(preflight.headers['access-control-allow-credentials'], undefined, path)
      const allowed = preflight.headers['access-control-allow-origin']
      assert.ok(allowed === undefined || allowed === '*', `${path}: ${allowed}`)
    }
  }
  for (const path of ['/api/auth/me', '/api/overlays', '/api/keys', '/api/sources']) {
    const { headers } = await owner.call('GET', path, undefined, { origin: EVIL })
    assert.is(headers['access-control-allow-origin'], undefined, path)
  }
})

test('leads nowhere else, whatever the address says', async () => {
  const tries = [
    '//evil.example',
    '/\\evil.example',
    '/%2f%2fevil.example',
    '/https:evil.example',
    '//evil.example/%2e%2e',
  ]
  const queries = ['next', 'url', 'redirect', 'return', 'continue'].map((name) => `/admin?${name}=//evil.example`)
  for (const path of [
    ...tries,
    ...tries.map((each) => `${each}/admin`),
    ...queries,
    '//evil.example/admin',
    '/admin',
  ]) {
    const { status, headers } = await ask(server.port, { path, headers: { referer: EVIL } })
    if (status < 300 || status >= 400) assert.is(headers.location, undefined, path)
    else assert.is(headers.location, '/admin/', path)
  }
})

test.run()
