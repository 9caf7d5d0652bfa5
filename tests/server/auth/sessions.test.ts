import type { IncomingMessage } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Seal } from '../../../server/auth/seal.ts'
import { ABSOLUTE_MS, PanelSessions, SEEN_EVERY_MS } from '../../../server/auth/sessions.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { ask, type Doors, member, openDoors, PASSWORD, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('auth/sessions')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after.each(async ({ doors }) => doors.close())

const upgrade = (cookie: string) => ({ headers: { cookie } }) as unknown as IncomingMessage
const idIn = (visitor: Visitor) => visitor.jar.get('cc') ?? ''

test('knows the session of an upgrade', async ({ doors, visitor }) => {
  const who = await doors.house.sessions.sessionOf(upgrade(visitor.cookie))
  assert.is(who?.account.username, 'Otter')
  assert.is(who?.channel.accountId, who?.account.id)
  assert.is.not(who?.sessionId, idIn(visitor))
})

test('knows nobody by a cookie that is absent, bare, foreign or of an ended session', async ({ doors, visitor }) => {
  const { sessions } = doors.house
  const copy = visitor.cookie
  const others = new PanelSessions(doors.stores, new Seal([Buffer.alloc(32, 9)]), false)
  assert.is(await others.sessionOf(upgrade(copy)), null)
  for (const cookie of ['', `cc=${idIn(visitor)}`, 'cc=x; cc.sig=y', 'cc']) {
    assert.is(await sessions.sessionOf(upgrade(cookie)), null, cookie)
  }
  await visitor.call('POST', '/api/auth/logout')
  assert.is(await sessions.sessionOf(upgrade(copy)), null)
})

test('keeps the name of a session over a change of password, not its secret', async ({ doors, visitor }) => {
  const { sessions } = doors.house
  const [cookie, before] = [visitor.cookie, await sessions.sessionOf(upgrade(visitor.cookie))]
  await visitor.call('POST', '/api/auth/password', { current: PASSWORD, next: 'another long secret' })
  const after = await sessions.sessionOf(upgrade(visitor.cookie))
  assert.is(after?.sessionId, before?.sessionId)
  assert.is.not(visitor.cookie, cookie)
  assert.is(await sessions.sessionOf(upgrade(cookie)), null)
})

test('ends with the epoch of its account', async ({ doors, visitor }) => {
  const account = await doors.stores.accounts.byHandle('otter')
  await doors.stores.accounts.setPassword(account?.id ?? '', 'x')
  assert.is(await doors.house.sessions.sessionOf(upgrade(visitor.cookie)), null)
  assert.is((await visitor.call('GET', '/api/auth/me')).status, 401)
})

test('ends at its absolute limit, however busy', async ({ doors, visitor }) => {
  const session = await doors.stores.sessions.get(idIn(visitor))
  assert.ok(session)
  assert.ok(session.expiresAt <= Number(session.data.createdAt) + ABSOLUTE_MS)
  const old = { ...session.data, createdAt: Date.now() - ABSOLUTE_MS }
  await doors.stores.sessions.set({ ...session, data: old })
  assert.is(await doors.house.sessions.sessionOf(upgrade(visitor.cookie)), null)
  assert.is((await visitor.call('GET', '/api/auth/me')).status, 401)
})

test('goes on where its use cannot be written down, and begins nowhere then', async ({ doors, visitor }) => {
  const session = await doors.stores.sessions.get(idIn(visitor))
  assert.ok(session)
  const before = Date.now() - 2 * SEEN_EVERY_MS
  await doors.stores.sessions.set({ ...session, data: { ...session.data, createdAt: before - 1, seenAt: before } })
  const { set } = doors.stores.sessions
  let tried = 0
  doors.stores.sessions.set = async () => {
    tried++
    throw new CrossChatError('storage_failed')
  }
  assert.is((await visitor.call('GET', '/api/auth/me')).status, 200)
  assert.is((await visitor.call('POST', '/api/moderation/clear')).status, 202)
  assert.ok(tried > 0)
  const login = { username: 'Otter', password: PASSWORD }
  assert.is((await visitor.call('POST', '/api/auth/login', login)).status, 507)
  doors.stores.sessions.set = set
})

test('is not fooled by a session that holds something else', async ({ doors, visitor }) => {
  const session = await doors.stores.sessions.get(idIn(visitor))
  assert.ok(session)
  for (const data of [{}, { ...session.data, accountId: 7 }, { ...session.data, sessionEpoch: '1' }]) {
    await doors.stores.sessions.set({ ...session, data })
    assert.is(await doors.house.sessions.sessionOf(upgrade(visitor.cookie)), null)
  }
})

test('keeps no session for visitors who are not signed in', async ({ doors }) => {
  for (const path of ['/api/auth', '/api/auth/me', '/healthz']) {
    assert.equal((await ask(doors.port, { path })).cookies, [])
  }
})

test.run()
