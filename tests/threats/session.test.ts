import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeView, SessionView } from '../../server/api/accounts.ts'
import { crosschat } from '../help/command.ts'
import { ask, jsonOf, member, PASSWORD, Visitor } from '../help/doors.ts'
import { Listener } from '../help/listener.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

/** What may be done with somebody’s session, tried from outside. */

const CLOCK = new URL('../help/leaping-clock.mjs', import.meta.url).href
const OLD = 'old '.repeat(10)
const NEW = 'new '.repeat(10)
const LEAP_HOURS = 6
const ABSOLUTE_HOURS = 7 * 24
const LOOK_EVERY_MS = 10

const test = suite('threats/session')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path, env: { CROSSCHAT_SECRET: OLD }, before: [CLOCK] })
  await member(server.port, 'Otter')
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

async function signedIn(port = server.port): Promise<Visitor> {
  const visitor = new Visitor(port)
  const answer = await visitor.call('POST', '/api/auth/login', { username: 'Otter', password: PASSWORD })
  assert.is(answer.status, 200, answer.text)
  return visitor
}

async function statusOf(cookie: string, port = server.port): Promise<number> {
  return (await ask(port, { path: '/api/auth/me', headers: { cookie } })).status
}

/** The server’s clock goes six hours on. */
async function leap(): Promise<void> {
  const { stdout } = server.child
  if (stdout === null) throw new Error('The server says nothing.')
  const told = once(stdout, 'data')
  server.child.kill('SIGUSR2')
  await told
}

test('knows no copied cookie after signing out', async () => {
  const visitor = await signedIn()
  const copy = visitor.cookie
  assert.is(await statusOf(copy), 200)
  assert.is((await visitor.call('POST', '/api/auth/logout')).status, 204)
  assert.is(await statusOf(copy), 401)
})

test('revives no session by calls under way that write it, fifty times', async () => {
  for (let round = 0; round < 50; round++) {
    const visitor = await signedIn()
    const { cookie } = visitor
    // Beyond half of its life a session is renewed, and when it was used is noted: each of these calls writes it.
    await leap()
    const before = Array.from({ length: 2 }, () => statusOf(cookie))
    const out = visitor.call('POST', '/api/auth/logout')
    const behind = Array.from({ length: 2 }, () => statusOf(cookie))
    assert.is((await out).status, 204)
    await Promise.all([...before, ...behind])
    assert.is(await statusOf(cookie), 401, `round ${round}`)
  }
})

test('gives whoever signs in an id of its own, whatever cookie came along', async () => {
  const other = await signedIn()
  const before = other.cookie
  const visitor = new Visitor(server.port)
  const invented = 'A'.repeat(43)
  visitor.jar.set('cc', invented)
  visitor.jar.set('cc.sig', other.jar.get('cc.sig') ?? '')
  await visitor.call('POST', '/api/auth/login', { username: 'Otter', password: PASSWORD })
  assert.match(visitor.jar.get('cc') ?? '', /^[A-Za-z0-9_-]{43}$/)
  assert.is.not(visitor.jar.get('cc'), invented)
  assert.is(await statusOf(`cc=${invented}; cc.sig=${other.jar.get('cc.sig')}`), 401)
  await other.call('POST', '/api/auth/login', { username: 'Otter', password: PASSWORD })
  assert.is.not(other.cookie, before)
  assert.is(await statusOf(before), 401)
})

async function openPanel(cookie: string): Promise<Listener> {
  const panel = new Listener(server.base, '/ws/panel', { Origin: server.base, Cookie: cookie })
  await panel.opened()
  panel.hello({})
  await panel.until(() => panel.welcome !== null)
  return panel
}

test('closes sockets of other sessions and refuses their cookies when the password changes', async () => {
  const here = await member(server.port, 'Heron')
  const there = new Visitor(server.port)
  await there.call('POST', '/api/auth/login', { username: 'Heron', password: PASSWORD })
  const old = here.cookie
  const [own, others] = [await openPanel(old), await openPanel(there.cookie)]
  const change = { current: PASSWORD, next: 'another long secret' }
  assert.is((await here.call('POST', '/api/auth/password', change)).status, 204)
  const changed = performance.now()
  await others.until(() => others.closed !== null)
  tell(
    `the socket of another session was closed ${Math.round(performance.now() - changed)} ms after its password changed`,
  )
  assert.is(others.closed, 4002)
  assert.is(await statusOf(there.cookie), 401)
  assert.is((await here.call('GET', '/api/auth/me')).status, 200)
  // Whoever has a copy of the old cookie is of the same session, and does not come back.
  await own.until(() => own.closed !== null)
  assert.equal([own.closed, await statusOf(old)], [1012, 401])
  const back = await openPanel(here.cookie)
  back.close()
})

test('closes sockets and sessions of an account that is suspended', async () => {
  const owner = await signedIn()
  const guest = await member(server.port, 'Guest')
  const { account } = jsonOf<MeView>(await guest.call('GET', '/api/auth/me'))
  const panel = new Listener(server.base, '/ws/panel', { Origin: server.base, Cookie: guest.cookie })
  await panel.opened()
  panel.hello({})
  await panel.until(() => panel.welcome !== null)
  const answer = await owner.call('PATCH', `/api/instance/accounts/${account.id}`, { suspended: true })
  assert.ok(answer.status < 300, answer.text)
  await panel.until(() => panel.closed !== null)
  assert.is(panel.closed, 4002)
  assert.is(await statusOf(guest.cookie), 401)
})

/** When a session was used last is noted behind the answer; six hours are more than that takes, a leap is not. */
async function noted(visitor: Visitor, before: number): Promise<number> {
  for (;;) {
    const { items } = jsonOf<{ items: SessionView[] }>(await visitor.call('GET', '/api/auth/sessions'))
    const own = items.find(({ current }) => current)
    if (own !== undefined && own.seenAt > before) return own.seenAt
    await sleep(LOOK_EVERY_MS)
  }
}

test('ends a session at its absolute limit, however busy, and one that rests before', async () => {
  const busy = await signedIn()
  const resting = await signedIn()
  let seenAt = 0
  for (let hours = LEAP_HOURS; hours < ABSOLUTE_HOURS; hours += LEAP_HOURS) {
    await leap()
    assert.is((await busy.call('GET', '/api/auth/me')).status, 200, `after ${hours} h`)
    seenAt = await noted(busy, seenAt)
    if (hours === 2 * LEAP_HOURS) assert.is((await resting.call('GET', '/api/auth/me')).status, 401)
  }
  await leap()
  assert.is((await busy.call('GET', '/api/auth/me')).status, 401)
})

test('sends its cookie to no script, no other site and no other host', async () => {
  const { cookies } = await new Visitor(server.port).call('POST', '/api/auth/login', {
    username: 'Otter',
    password: PASSWORD,
  })
  assert.is(cookies.length, 2)
  for (const cookie of cookies) {
    assert.match(cookie, /^cc(\.sig)?=/)
    assert.match(cookie, /; path=\/;/)
    assert.match(cookie, /; samesite=lax/i)
    assert.match(cookie, /; httponly/i)
    assert.not.match(cookie, /domain=/i)
  }
})

test('takes cookies signed with the older secret, signs them anew, and forgets a secret that is taken out', async () => {
  const again = async (secrets: string) => {
    await server.end()
    server = await startServer({ dataDir: data.path, env: { CROSSCHAT_SECRET: secrets } })
  }
  // Its clock has not leapt: sessions of the one before are from the future.
  await again(OLD)
  const visitor = await signedIn()
  const signed = visitor.cookie
  await again(`${NEW},${OLD}`)
  const moved = new Visitor(server.port)
  for (const [name, value] of visitor.jar) moved.jar.set(name, value)
  assert.is((await moved.call('GET', '/api/auth/me')).status, 200)
  assert.is.not(moved.jar.get('cc.sig'), visitor.jar.get('cc.sig'), 'it is signed anew')
  await again(NEW)
  assert.is(await statusOf(signed), 401)
  assert.is(await statusOf(moved.cookie), 200)
})

test('does not start with a secret that is too short', async () => {
  const { code, said, complained } = await crosschat(['start'], { DATA_DIR: data.path, CROSSCHAT_SECRET: 'too short' })
  assert.is(code, 1)
  assert.match(complained, /CROSSCHAT_SECRET.*32/)
  assert.not.match(said + complained, /too short/)
})

test('binds its cookie to https where that is the public address', async () => {
  await server.end()
  const env = { CROSSCHAT_SECRET: NEW, CROSSCHAT_PUBLIC_URL: 'https://chat.example' }
  server = await startServer({ dataDir: data.path, env })
  const headers = { origin: 'https://chat.example', host: 'chat.example' }
  const body = { username: 'Otter', password: PASSWORD }
  const { status, cookies } = await new Visitor(server.port).call('POST', '/api/auth/login', body, headers)
  assert.is(status, 200)
  for (const cookie of cookies) {
    assert.match(cookie, /^__Host-cc(\.sig)?=/)
    for (const needed of [/; path=\/;/, /; samesite=lax/i, /; httponly/i, /; secure/i]) assert.match(cookie, needed)
    assert.not.match(cookie, /domain=/i)
  }
})

test('warns where the public address is plain http', async () => {
  const said = async (url: string) => {
    await server.end()
    server = await startServer({ dataDir: data.path, env: { CROSSCHAT_SECRET: NEW, CROSSCHAT_PUBLIC_URL: url } })
    return server.output()
  }
  assert.match(await said('http://chat.example'), /"level":"warn".*"http:\/\/chat\.example".*plain http/)
  assert.not.match(await said('https://chat.example'), /plain http/)
})

test.run()
