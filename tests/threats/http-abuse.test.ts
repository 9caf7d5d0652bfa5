import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_ARRIVING_OF_ONE } from '../../server/middleware/arriving.ts'
import { ask, codeOf, member, Visitor } from '../help/doors.ts'
import { ircLine } from '../help/panel.ts'
import { Raw } from '../help/raw.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** Callers that speak no HTTP as it should be, too much of it, or too slowly. */

const SLOW_PASSWORDS = new URL('../help/slow-passwords.mjs', import.meta.url).href
const SIGNING_IN = 200
/** Those that wait for the hashing thread, and the one that it has in hand. */
const MOST_HASHED = 17
const MB = 1_024 * 1_024

const test = suite('threats/http-abuse')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let owner: Visitor

test.before(async () => {
  data = await temporaryData()
  const env = { CROSSCHAT_TRUST_PROXY: '1', CROSSCHAT_REGISTRATION: 'open' }
  server = await startServer({ dataDir: data.path, env, before: [SLOW_PASSWORDS] })
  owner = await member(server.port, 'Otter')
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

/** Sends these bytes on a connection of their own; resolves with the status of the answer when that is over. */
async function statusOf(bytes: string): Promise<number> {
  const raw = new Raw(server.port)
  raw.socket.write(bytes)
  return Number(/^HTTP\/1\.1 (\d+)/.exec(await raw.ended())?.[1] ?? 0)
}

const head = (first: string, ...lines: string[]) =>
  [first, `Host: 127.0.0.1:${server.port}`, 'Connection: close', ...lines, '', ''].join('\r\n')

test('goes on answering while hundreds sign in at once, and turns away whom it would keep waiting', async () => {
  let over = 0
  const tries = Array.from({ length: SIGNING_IN }, async (_, nth) => {
    const body = { username: `nobody${nth}`, password: 'not it at all' }
    const headers = { 'x-forwarded-for': `198.51.100.${nth}` }
    const answer = await new Visitor(server.port).call('POST', '/api/auth/login', body, headers)
    if (answer.status !== 503) over++
    return answer
  })
  for (let look = 0; look < 20; look++) assert.is((await ask(server.port, { path: '/healthz' })).status, 200)
  assert.ok(over < MOST_HASHED, 'health was asked for twenty times before all passwords were looked at')
  const answers = await Promise.all(tries)
  const busy = answers.filter(({ status }) => status === 503)
  assert.equal([...new Set(answers.map(({ status }) => status))].sort(), [401, 503])
  assert.ok(answers.length - busy.length <= 2 * MOST_HASHED)
  for (const { headers } of busy) assert.ok(Number(headers['retry-after']) > 0)
})

test('refuses what could be read as two requests', async () => {
  const chunked = 'Transfer-Encoding: chunked'
  const smuggled = '0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
  for (const lines of [
    ['Content-Length: 5', chunked],
    [chunked, 'Content-Length: 5'],
    ['Content-Length: 5', 'Content-Length: 6'],
    ['Transfer-Encoding: chunked, identity'],
    ['Transfer-Encoding : chunked'],
    ['Content-Length: +5'],
  ])
    assert.is(await statusOf(head('POST /api/auth/login HTTP/1.1', ...lines) + smuggled), 400, lines.join(', '))
  assert.is(await statusOf(head('GET /healthz HTTP/1.1', 'Host: evil.example')), 421, 'two hosts')
  assert.is(await statusOf('GET /healthz HTTP/1.1\r\n\r\n'), 400, 'no host')
  assert.is(await statusOf('GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n'), 400, 'bare line feeds')
})

test('takes no method but those it names, and no address for another server', async () => {
  for (const method of ['TRACE', 'PROPFIND', 'PURGE', 'MKCOL']) {
    const status = await statusOf(head(`${method} /api/streams HTTP/1.1`))
    assert.ok([405, 501].includes(status), `${method}: ${status}`)
  }
  for (const first of ['CONNECT evil.example:443 HTTP/1.1', 'NONSENSE / HTTP/1.1', 'GET /healthz HTTP/9.9'])
    assert.ok([0, 400].includes(await statusOf(head(first))), first)
  for (const address of ['http://evil.example/healthz', 'evil.example/healthz', '//evil.example/healthz', '*'])
    assert.ok([400, 404, 421].includes(await statusOf(head(`GET ${address} HTTP/1.1`))), address)
})

test('reads no more of a head than it must', async () => {
  assert.is(await statusOf(head('GET /healthz HTTP/1.1', `X-Long: ${'x'.repeat(20_000)}`)), 431)
  assert.is(await statusOf(head(`GET /${'x'.repeat(20_000)} HTTP/1.1`)), 431)
})

test('asks whoever has too much on its way in to wait, and takes what others send', async () => {
  const other = await member(server.port, 'Lynx')
  const begun = head(
    'POST /api/producers/twitch HTTP/1.1',
    `Cookie: ${owner.cookie}`,
    `Origin: http://127.0.0.1:${server.port}`,
    'Content-Type: text/plain',
    `Content-Length: ${MB}`,
  )
  const bodies = Array.from({ length: MAX_ARRIVING_OF_ONE / MB + 1 }, () => new Raw(server.port))
  const answers = bodies.map(async (raw) => {
    raw.socket.write(begun + ' '.repeat(MB - 1))
    await once(raw.socket, 'data')
    return raw.heard
  })
  assert.match(await Promise.race(answers), /^HTTP\/1\.1 503 [\s\S]*"busy"/)
  const line = [ircLine('a-word-of-another', 'still here')]
  assert.is((await other.call('POST', '/api/producers/twitch', line)).status, 202)
  for (const { socket } of bodies) socket.destroy()
})

test('takes no body beyond its measure, whether it says how long it is or not, nor one that unpacks', async () => {
  const json = { 'content-type': 'application/json', origin: `http://127.0.0.1:${server.port}`, cookie: owner.cookie }
  const post = (path: string, body: Buffer, more: Record<string, string> = {}) =>
    ask(server.port, { method: 'POST', path, headers: { ...json, ...more }, body })
  const bomb = gzipSync(Buffer.alloc(50 * MB, 0x20))
  for (const [path, limit] of [
    ['/api/auth/login', 4 * 1_024],
    ['/api/streams', 64 * 1_024],
    ['/api/producers/twitch', MB],
  ] as const) {
    const large = Buffer.alloc(limit + 1, 0x20)
    assert.is(codeOf(await post(path, large)), 'too_large', path)
    assert.is(codeOf(await post(path, large, { 'transfer-encoding': 'chunked' })), 'too_large', `${path} in chunks`)
    assert.is((await post(path, bomb, { 'content-encoding': 'gzip' })).status, 415, `${path} packed`)
  }
  assert.is((await owner.call('GET', '/api/auth/me')).status, 200)
})

test('ends callers that say nothing, half a head or half a body, and others do not wait for them', async () => {
  const silent = new Raw(server.port)
  const halfHead = new Raw(server.port)
  halfHead.socket.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Slow: `)
  const dripping = setInterval(() => halfHead.socket.write('x'), 500)
  const halfBody = new Raw(server.port)
  halfBody.socket.write(head('POST /api/auth/login HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 100'))
  const dribbling = setInterval(() => halfBody.socket.write(' '), 1_000)
  const ends = Promise.all([silent, halfHead, halfBody].map((each) => each.ended()))
  assert.is((await ask(server.port, { path: '/healthz' })).status, 200)
  const heard = await ends
  clearInterval(dripping)
  clearInterval(dribbling)
  for (const each of heard) assert.match(each, /^HTTP\/1\.1 (408|400) /)
  assert.is((await ask(server.port, { path: '/healthz' })).status, 200)
})

test.run()
