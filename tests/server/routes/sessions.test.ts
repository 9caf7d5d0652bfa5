import { EventEmitter, once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionView } from '../../../server/api/accounts.ts'
import { SEEN_EVERY_MS } from '../../../server/auth/sessions.ts'
import { type Doors, jsonOf, member, openDoors, PASSWORD, Visitor } from '../../help/doors.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'

const test = suite<{ doors: Doors; here: Visitor; there: Visitor }>('routes/sessions')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.here = await member(context.doors.port, 'Otter')
  context.there = new Visitor(context.doors.port)
  const body = { username: 'Otter', password: PASSWORD }
  await context.there.call('POST', '/api/auth/login', body, { 'user-agent': FIREFOX })
})
test.after.each(async ({ doors }) => doors.close())

const listOf = async (visitor: Visitor) =>
  jsonOf<{ items: SessionView[] }>(await visitor.call('GET', '/api/auth/sessions')).items
const statusOf = async (visitor: Visitor) => (await visitor.call('GET', '/api/auth/me')).status
const ownOf = async (visitor: Visitor) => (await listOf(visitor)).find(({ current }) => current)

test('lists where one is signed in, and marks which asks', async ({ here }) => {
  const items = await listOf(here)
  assert.equal(items.map(({ browser, current }) => `${browser} ${current}`).sort(), [
    'A program true',
    'Firefox on Linux false',
  ])
  for (const { since, seenAt } of items) assert.ok(since <= seenAt && seenAt <= Date.now())
})

test('tells neither the secret of a session nor where it was used', async ({ here, there }) => {
  const { text } = await here.call('GET', '/api/auth/sessions')
  for (const cookie of [...here.jar.values(), ...there.jar.values()]) assert.not.ok(text.includes(cookie))
  assert.not.match(text, /127\.0\.0\.1|Mozilla/)
})

test('ends one, and its panels are closed', async ({ doors, here, there }) => {
  const theirs = await ownOf(there)
  assert.is((await here.call('DELETE', `/api/auth/sessions/${theirs?.id}`)).status, 204)
  assert.equal(doors.seen, [['withdrawSession', theirs?.id]])
  assert.is(await statusOf(there), 401)
  assert.is(await statusOf(here), 200)
  assert.is((await listOf(here)).length, 1)
  assert.is((await here.call('DELETE', `/api/auth/sessions/${theirs?.id}`)).status, 404)
})

test('ends all others and stays signed in itself', async ({ doors, here, there }) => {
  const own = await ownOf(here)
  assert.is((await here.call('DELETE', '/api/auth/sessions')).status, 204)
  assert.is(doors.seen[0]?.[0], 'withdrawAccount')
  assert.is(doors.seen[0]?.[2], own?.id)
  assert.is(await statusOf(there), 401)
  assert.is(await statusOf(here), 200)
})

test('touches nobody else’s', async ({ doors, here }) => {
  const badger = await member(doors.port, 'Badger')
  const own = await ownOf(here)
  assert.is((await badger.call('DELETE', `/api/auth/sessions/${own?.id}`)).status, 404)
  await badger.call('DELETE', '/api/auth/sessions')
  assert.is(await statusOf(here), 200)
  assert.is((await listOf(badger)).length, 1)
})

test('shows none that a change of password has ended', async ({ doors, here, there }) => {
  const account = await doors.stores.accounts.byHandle('otter')
  await here.call('POST', '/api/auth/password', { current: PASSWORD, next: 'another long secret' })
  assert.is((await listOf(here)).length, 1)
  assert.is(await statusOf(there), 401)
  assert.is((await doors.stores.sessions.byAccount(account?.id ?? '')).length, 1)
})

test('keeps when a session was used last, and writes that seldom', async ({ doors, here }) => {
  const id = here.jar.get('cc') ?? ''
  const stored = await doors.stores.sessions.get(id)
  assert.ok(stored)
  const before = Date.now() - SEEN_EVERY_MS - 1_000
  await doors.stores.sessions.set({ ...stored, data: { ...stored.data, createdAt: before, seenAt: before } })
  await here.call('GET', '/api/auth/me')
  const seen = (await doors.stores.sessions.get(id))?.data.seenAt
  assert.ok(Number(seen) > before)
  await here.call('GET', '/api/auth/me')
  assert.is((await doors.stores.sessions.get(id))?.data.seenAt, seen)
})

test('stays ended though a call that was under way says late that it was used', async ({ doors, here }) => {
  const [id, copy] = [here.jar.get('cc') ?? '', new Map(here.jar)]
  const stored = await doors.stores.sessions.get(id)
  assert.ok(stored)
  await doors.stores.sessions.set({ ...stored, data: { ...stored.data, seenAt: 0 } })
  const { members } = doors.stores
  const byAccount = members.byAccount
  const way = new EventEmitter()
  members.byAccount = async (account) => {
    way.emit('begun')
    await once(way, 'ended')
    return byAccount(account)
  }
  const begun = once(way, 'begun')
  const late = here.call('GET', '/api/auth/me')
  await begun
  await here.call('POST', '/api/auth/logout')
  way.emit('ended')
  assert.is((await late).status, 200)
  members.byAccount = byAccount
  for (const [name, value] of copy) here.jar.set(name, value)
  assert.is(await statusOf(here), 401)
})

test('goes on with sessions of before these things were kept', async ({ doors, here }) => {
  const id = here.jar.get('cc') ?? ''
  const stored = await doors.stores.sessions.get(id)
  assert.ok(stored)
  const { seenAt: _, browser: __, ...old } = stored.data
  await doors.stores.sessions.set({ ...stored, data: old })
  assert.is(await statusOf(here), 200)
  assert.is((await ownOf(here))?.browser, '')
})

test.run()
