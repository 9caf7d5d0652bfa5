import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codeOf, member, PASSWORD, Visitor } from '../help/doors.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** Whoever tries to get in, or to keep others out; one proxy stands before the server and says from where they come. */

const ADDRESSES = 200
const TRIES_EACH = 5

const test = suite('threats/sign-in')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let token: string
/** What the first account was answered without the token. */
let beforeToken: number

test.before(async () => {
  data = await temporaryData()
  server = await startServer({
    dataDir: data.path,
    env: { CROSSCHAT_TRUST_PROXY: '1', CROSSCHAT_REGISTRATION: 'open' },
  })
  token = await setupToken()
  const owner = { username: 'Otter', password: PASSWORD }
  const register = (body: object) =>
    new Visitor(server.port).call('POST', '/api/auth/register', body, from('203.0.113.1'))
  beforeToken = (await register(owner)).status
  const answer = await register({ ...owner, setupToken: token })
  assert.is(answer.status, 201, answer.text)
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

/** It stands in what the server says when it has begun to listen. */
async function setupToken(): Promise<string> {
  for (;;) {
    const found = /#\/setup\/(\S+)/.exec(server.output())?.[1]
    if (found !== undefined) return found
    if (server.child.stdout !== null) await once(server.child.stdout, 'data')
  }
}

const from = (address: string) => ({ 'x-forwarded-for': address })

function login(username: string, password: string, headers: Record<string, string>) {
  return new Visitor(server.port).call('POST', '/api/auth/login', { username, password }, headers)
}

/** What wrong tries from everywhere are answered, without their ids. */
async function wrongTries(username: string, addresses: readonly string[]): Promise<string[]> {
  const answers = new Set<string>()
  for (const address of addresses) {
    for (let tries = 0; tries < TRIES_EACH; tries++) {
      const { status, text, headers } = await login(username, 'not it at all', from(address))
      const told = Object.keys(headers).filter((name) => name !== 'date')
      answers.add(`${status} ${text.replace(/"requestId":"[^"]*"/, '')} ${told}`)
    }
  }
  return [...answers]
}

test('slows down the sixth wrong try, not the same name from elsewhere, and forgets after a right one', async () => {
  const here = from('198.51.100.7')
  for (let tries = 0; tries < TRIES_EACH; tries++) assert.is((await login('Otter', 'wrong', here)).status, 401)
  const refused = await login('Otter', PASSWORD, here)
  assert.is(refused.status, 429)
  assert.ok(Number(refused.headers['retry-after']) > 0)
  const there = from('198.51.100.8')
  for (let round = 0; round < 2; round++) {
    for (let tries = 1; tries < TRIES_EACH; tries++) assert.is((await login('Otter', 'wrong', there)).status, 401)
    assert.is((await login('Otter', PASSWORD, there)).status, 200)
  }
})

test('counts the address that the proxy saw, and nothing that a caller adds', async () => {
  for (let tries = 0; tries < TRIES_EACH; tries++)
    assert.is((await login('Otter', 'wrong', from(`6.6.6.${tries}, 198.51.100.9`))).status, 401)
  assert.is((await login('Otter', 'wrong', from('6.6.6.6, 198.51.100.9'))).status, 429)
  assert.is((await login('Otter', 'wrong', from('198.51.100.9, 198.51.100.10'))).status, 401)
})

test('counts all addresses of one IPv6 network as one', async () => {
  for (let tries = 0; tries < TRIES_EACH; tries++)
    assert.is((await login('Otter', 'wrong', from(`2001:db8:1:2:${tries}::1`))).status, 401)
  assert.is((await login('Otter', 'wrong', from('2001:db8:1:2:ffff::9'))).status, 429)
  assert.is((await login('Otter', 'wrong', from('2001:db8:1:3::9'))).status, 401)
})

test('answers a thousand wrong tries for a name that is there and one that is not alike, and lets its owner in', async () => {
  const addresses = Array.from({ length: ADDRESSES }, (_, nth) => `192.0.2.${nth}`)
  const known = await wrongTries('Otter', addresses)
  const unknown = await wrongTries('Nobody', addresses.slice(0, ADDRESSES / 5))
  assert.is(known.length, 1)
  assert.equal(known, unknown)
  assert.is((await login('Otter', PASSWORD, from('203.0.113.1'))).status, 200)
})

test('wants the token of the first account through a proxy on this machine, and makes no second owner by it', async () => {
  assert.is(beforeToken, 403)
  const body = { username: 'Badger', password: PASSWORD }
  const visitor = new Visitor(server.port)
  assert.is((await visitor.call('POST', '/api/auth/register', { ...body, setupToken: token })).status, 201)
  assert.match((await visitor.call('GET', '/api/auth/me')).text, /"owner":false/)
})

test('knows no account that nobody has made', async () => {
  const known = ['admin', 'root', 'crosschat', 'owner', 'Otter']
  for (const [nth, username] of known.entries())
    for (const password of ['admin', 'password', username, ''])
      assert.not.ok(
        (await login(username, password, from(`198.51.100.${100 + nth}`))).status < 400,
        `${username} ${password}`,
      )
})

test('knows every byte of a long password', async () => {
  const long = `${'noodle '.repeat(10)}ab`
  const register = (username: string, password: string) =>
    new Visitor(server.port).call('POST', '/api/auth/register', { username, password })
  assert.is((await register('Long', `${long}X`)).status, 201)
  assert.is((await login('Long', `${long}Y`, {})).status, 401)
  assert.is((await login('Long', long, {})).status, 401)
  assert.is((await login('Long', `${long}X`, {})).status, 200)
  const fish = String.fromCodePoint(...Array.from({ length: 64 }, (_, nth) => 0x1f400 + nth))
  assert.is((await register('Fish', fish)).status, 201)
  assert.is((await login('Fish', fish.slice(0, -2), {})).status, 401)
  assert.is((await login('Fish', fish, {})).status, 200)
})

test('takes names and passwords as text and nothing else', async () => {
  const bodies: unknown[] = [
    { username: { $ne: null }, password: { $gt: '' } },
    { username: 'Otter', password: { $regex: '.*' } },
    { username: ['Otter'], password: [PASSWORD] },
    { username: 'Otter', password: null },
    { username: 'Otter', password: 7 },
    { username: { toString: 'Otter' }, password: PASSWORD },
    { username: 'Otter', password: PASSWORD, $where: '1' },
    { username: 'Otter', password: PASSWORD, owner: true },
    [{ username: 'Otter', password: PASSWORD }],
    'Otter',
    null,
    7,
  ]
  for (const path of ['/api/auth/login', '/api/auth/register']) {
    for (const body of bodies) {
      const answer = await new Visitor(server.port).call('POST', path, body)
      assert.is(answer.status, 400, `${path} ${JSON.stringify(body)}`)
      assert.equal(answer.cookies, [])
    }
  }
})

test('makes nobody more than they are by a field of the body', async () => {
  const visitor = await member(server.port, 'Climber')
  const me = (await visitor.call('GET', '/api/auth/me')).text
  const overlays = (await visitor.call('GET', '/api/overlays')).text
  const [{ id }] = JSON.parse(overlays).items
  for (const field of ['role', 'owner', '_id', 'id', 'channelId', 'accountId', 'keyVersion']) {
    for (const [method, path, good] of [
      ['PATCH', `/api/overlays/${id}`, { name: 'Main' }],
      ['POST', '/api/keys', { name: 'mine', scopes: ['read'] }],
      ['POST', '/api/streams', { title: 'mine' }],
    ] as const) {
      const answer = await visitor.call(method, path, { ...good, [field]: 'owner' })
      assert.is(answer.status, 400, `${method} ${path} ${field}`)
      assert.is(codeOf(answer), 'bad_request')
    }
  }
  assert.is((await visitor.call('GET', '/api/auth/me')).text, me)
  assert.is((await visitor.call('GET', '/api/overlays')).text, overlays)
})

test.run()
