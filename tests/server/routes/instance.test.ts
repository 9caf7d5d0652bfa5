import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeView } from '../../../server/api/accounts.ts'
import type {
  AddressCheckView,
  InstanceSettingsView,
  InstanceView,
  LogView,
  ResetLinkView,
  TenantView,
} from '../../../server/api/instance.ts'
import type { OverlayView } from '../../../server/api/overlays.ts'
import type { KeyView } from '../../../server/api/programs.ts'
import type { PageView } from '../../../server/api/shapes.ts'
import type { StreamView } from '../../../server/api/streams.ts'
import { CHANNEL_BYTES, MIN_CHANNEL_BYTES } from '../../../server/instance-settings.ts'
import type { StoredSource } from '../../../server/stores/sources.ts'
import { archive, ask, codeOf, type Doors, jsonOf, member, message, openDoors, Visitor } from '../../help/doors.ts'

interface Scene {
  doors: Doors
  owner: Visitor
  other: Visitor
  /** Of the other one. */
  id: string
}

const test = suite<Scene>('routes/instance')
test.before.each(async (scene) => {
  scene.doors = await openDoors()
  scene.owner = await member(scene.doors.port, 'Otter')
  scene.other = await member(scene.doors.port, 'Badger')
  scene.id = jsonOf<MeView>(await scene.other.call('GET', '/api/auth/me')).account.id
})
test.after.each(async ({ doors }) => doors.close())

const PASSWORD = 'a long enough secret'
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA'
const SOURCE: Omit<StoredSource, 'channelId'> = {
  platform: 'testtube',
  name: 'cool_channel',
  enabled: true,
  autoStream: false,
  options: {},
  secrets: {},
  facts: {},
  broadcast: null,
  createdAt: 1,
}
const tenants = async (owner: Visitor) =>
  jsonOf<PageView<TenantView>>(await owner.call('GET', '/api/instance/accounts')).items
const suspend = (owner: Visitor, id: string, suspended: boolean) =>
  owner.call('PATCH', `/api/instance/accounts/${id}`, { suspended })
const remove = (owner: Visitor, id: string, username: string) =>
  owner.call('DELETE', `/api/instance/accounts/${id}`, { username })
const login = (visitor: Visitor, username: string, password = PASSWORD) =>
  visitor.call('POST', '/api/auth/login', { username, password })

test('is there for nobody but the owner: for a second account every call is the same nothing', async (scene) => {
  const { doors, other, id } = scene
  const calls: [string, string, unknown?][] = [
    ['GET', '/api/instance'],
    ['GET', '/api/instance/engine'],
    ['GET', '/api/instance/nodes'],
    ['PATCH', '/api/instance/settings', { registration: 'closed' }],
    ['PATCH', '/api/instance/settings', 'nonsense'],
    ['GET', '/api/instance/accounts'],
    ['PATCH', `/api/instance/accounts/${id}`, { suspended: true }],
    ['PATCH', `/api/instance/accounts/${UNKNOWN}`, { suspended: true }],
    ['DELETE', `/api/instance/accounts/${id}`, { username: 'Badger' }],
    ['POST', `/api/instance/accounts/${id}/reset`],
    ['GET', '/api/instance/log'],
    ['POST', '/api/instance/address-checks'],
  ]
  const nothing = await other.call('GET', '/api/instance/nothing')
  for (const [method, path, body] of calls) {
    const answer = await other.call(method, path, body)
    const { requestId: _, ...error } = jsonOf<{ error: Record<string, unknown> }>(answer).error
    const { requestId: __, ...unknown } = jsonOf<{ error: Record<string, unknown> }>(nothing).error
    assert.equal([answer.status, error], [404, unknown], `${method} ${path}`)
    assert.is((await new Visitor(doors.port).call(method, path, body)).status, 401, `${method} ${path}, signed out`)
  }
  assert.is((await other.call('GET', '/api/auth/me')).status, 200, 'nothing happened to anybody')
})

test('says how it is', async ({ doors, owner, other }) => {
  const { channel } = jsonOf<MeView>(await other.call('GET', '/api/auth/me'))
  await doors.stores.sources.put({ ...SOURCE, channelId: channel.id, enabled: false })
  const view = jsonOf<InstanceView>(await owner.call('GET', '/api/instance'))
  assert.equal([view.accounts, view.liveStreams, view.unready], [2, 0, []])
  assert.equal(view.platforms, [{ platform: 'testtube', label: 'Testtube', states: { off: 1 }, lastEventAt: null }])
  assert.ok(view.disk !== null && view.disk.total > view.disk.free && view.disk.free > 0)
  assert.equal(view.settings, {
    registration: 'open',
    registrationFrom: null,
    limits: { bytes: CHANNEL_BYTES, overlays: 50, keys: 50, pushes: 1_000 },
  })
  assert.match(view.addresses.printed, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.equal(view.addresses.origins, [])
})

test('lists accounts with what their channels use', async ({ doors, owner, other, id }) => {
  await other.call('POST', '/api/overlays', { name: 'Side' })
  const { key } = jsonOf<KeyView>(await other.call('POST', '/api/keys', { name: 'bot', scopes: ['produce'] }))
  const stream = jsonOf<StreamView>(await other.call('POST', '/api/streams', { title: 'Friday run' }))
  await archive(doors.stores, stream.id, [message(1, 'what a jump')])
  await ask(doors.port, {
    method: 'POST',
    path: '/api/producers/testtube',
    headers: { authorization: `Bearer ${key}` },
    body: '[]',
  })
  const [first, second] = await tenants(owner)
  assert.equal([first?.username, first?.owner, first?.use.streams], ['Otter', true, 0])
  assert.equal([second?.id, second?.username, second?.owner, second?.suspendedAt], [id, 'Badger', false, null])
  assert.equal([second?.use.streams, second?.use.overlays, second?.use.keys], [1, 2, 1])
  assert.is(second?.use.oldest, stream.startedAt)
  assert.ok((second?.use.bytes ?? 0) > 100)
  assert.ok((second?.seenAt ?? 0) > 0)
  const page = jsonOf<PageView<TenantView>>(await owner.call('GET', '/api/instance/accounts?limit=1'))
  const rest = jsonOf<PageView<TenantView>>(
    await owner.call('GET', `/api/instance/accounts?limit=1&cursor=${page.next}`),
  )
  assert.equal(
    [page, rest].map(({ items, next }) => [items.map(({ username }) => username), next === null]),
    [
      [['Otter'], false],
      [['Badger'], true],
    ],
  )
})

test('suspends an account: its sessions end, its keys and its password open nothing, and nothing is lost', async (scene) => {
  const { doors, owner, other, id } = scene
  const { key } = jsonOf<KeyView>(await other.call('POST', '/api/keys', { name: 'bot', scopes: ['read'] }))
  const read = () => ask(doors.port, { path: '/api/streams', headers: { authorization: `Bearer ${key}` } })
  assert.is((await read()).status, 200)
  const view = jsonOf<TenantView>(await suspend(owner, id, true))
  assert.ok(view.suspendedAt !== null)
  assert.is((await other.call('GET', '/api/auth/me')).status, 401)
  assert.equal(doors.seen.at(-1), ['withdrawAccount', id, null])
  const refused = await login(new Visitor(doors.port), 'Badger')
  assert.equal([refused.status, codeOf(refused)], [403, 'suspended'])
  assert.is(
    codeOf(await login(new Visitor(doors.port), 'Badger', 'a wrong secret')),
    'bad_login',
    'told to nobody else',
  )
  assert.is(codeOf(await read()), 'suspended')
  assert.is(jsonOf<TenantView>(await suspend(owner, id, false)).suspendedAt, null)
  assert.is((await other.call('GET', '/api/auth/me')).status, 401, 'an old session stays dead')
  assert.is((await login(other, 'Badger')).status, 200)
  assert.is((await read()).status, 200)
})

test('removes an account with all that is kept of it, when it is named', async ({ doors, owner, other, id }) => {
  const { stores } = doors
  const channel = jsonOf<MeView>(await other.call('GET', '/api/auth/me')).channel.id
  const stream = jsonOf<StreamView>(await other.call('POST', '/api/streams', { title: 'Friday run' }))
  await archive(stores, stream.id, [message(1, 'what a jump')])
  await other.call('POST', '/api/streams/live/end', {})
  await other.call('DELETE', `/api/streams/${stream.id}`)
  const made = jsonOf<OverlayView>(await other.call('POST', '/api/overlays', { name: 'Side' }))
  await other.call('PUT', `/api/overlays/${made.id}/draft`, { revision: 0, settings: { theme: 'neon' } })
  await other.call('POST', '/api/keys', { name: 'bot', scopes: ['read'] })
  await other.call('POST', '/api/docks', { name: 'Mods', scope: 'moderate' })
  await other.call('PUT', '/api/sources/testtube', { channel: 'cool_channel' })
  await other.call('POST', '/api/moderation/panic', { on: true })
  assert.equal([codeOf(await remove(owner, id, 'Otter')), (await remove(owner, id, '')).status], ['bad_request', 400])
  assert.is((await remove(owner, id, 'BADGER')).status, 204)
  const left = await Promise.all([
    stores.accounts.byId(id),
    stores.channels.byId(channel),
    stores.streams.byId(stream.id),
    stores.overlays.byId(made.id),
    stores.looks.draft(made.id),
    stores.archive.bytes(stream.id),
  ])
  assert.equal(left, [null, null, null, null, null, 0])
  assert.equal(await stores.keys.byChannel(channel), [])
  assert.equal(await stores.docks.byChannel(channel), [])
  assert.equal((await stores.deeds.page(channel, 10, null)).items, [])
  assert.not.ok((await stores.stages.all()).has(channel))
  assert.is(doors.house.sources.list(channel)[0]?.channel, null)
  assert.is((await other.call('GET', '/api/auth/me')).status, 401)
  assert.is((await remove(owner, id, 'Badger')).status, 404)
  assert.equal(
    (await tenants(owner)).map(({ username }) => username),
    ['Otter'],
  )
  assert.is((await owner.call('GET', '/api/overlays')).status, 200)
  await member(doors.port, 'Badger')
})

test('neither suspends nor removes the owner', async ({ owner }) => {
  const [own] = await tenants(owner)
  const id = own?.id ?? ''
  assert.is(codeOf(await suspend(owner, id, true)), 'owner_account')
  assert.is(codeOf(await remove(owner, id, 'Otter')), 'owner_account')
  assert.is((await owner.call('GET', '/api/instance')).status, 200)
})

test('gives a link for a new password, good once, and only the newest', async ({ doors, owner, other, id }) => {
  const link = async () => jsonOf<ResetLinkView>(await owner.call('POST', `/api/instance/accounts/${id}/reset`))
  const tokenOf = ({ url }: ResetLinkView) => /#\/reset\/([\w-]{43})$/.exec(url)?.[1] ?? ''
  const reset = (token: string, password: string) =>
    new Visitor(doors.port).call('POST', '/api/auth/reset', { token, password })
  const [older, newer] = [tokenOf(await link()), tokenOf(await link())]
  assert.is((await other.call('GET', '/api/auth/me')).status, 200, 'a link alone ends nothing')
  assert.is(codeOf(await reset(older, 'another long secret')), 'bad_reset_link')
  assert.is((await reset(newer, 'short')).status, 400)
  assert.is((await reset(newer, 'another long secret')).status, 204)
  assert.is(codeOf(await reset(newer, 'a third long secret')), 'bad_reset_link')
  assert.is((await other.call('GET', '/api/auth/me')).status, 401)
  assert.is(codeOf(await login(new Visitor(doors.port), 'Badger')), 'bad_login')
  assert.is((await login(new Visitor(doors.port), 'Badger', 'another long secret')).status, 200)
  assert.not.match(doors.logged(), new RegExp(newer))
  assert.is((await owner.call('POST', `/api/instance/accounts/${UNKNOWN}/reset`)).status, 404)
})

test('holds at once what another server has closed', async ({ doors, owner }) => {
  await doors.stores.instance.put({ registration: 'closed' })
  const body = { username: 'Heron', password: PASSWORD }
  assert.is(codeOf(await new Visitor(doors.port).call('POST', '/api/auth/register', body)), 'registration_closed')
  await doors.stores.instance.put({ registration: 'open' })
  assert.is(jsonOf<InstanceView>(await owner.call('GET', '/api/instance')).settings.registration, 'open')
})

test('opens and closes the registration, and keeps that', async ({ doors, owner }) => {
  const view = jsonOf<InstanceSettingsView>(
    await owner.call('PATCH', '/api/instance/settings', { registration: 'closed' }),
  )
  assert.equal([view.registration, view.registrationFrom], ['closed', null])
  const refused = await new Visitor(doors.port).call('POST', '/api/auth/register', {
    username: 'Heron',
    password: PASSWORD,
  })
  assert.is(codeOf(refused), 'registration_closed')
  assert.equal(await doors.stores.instance.get(), { registration: 'closed' })
  await owner.call('PATCH', '/api/instance/settings', { registration: 'open' })
  await member(doors.port, 'Heron')
})

test('leaves to the environment what the environment says', async () => {
  const doors = await openDoors({ env: { CROSSCHAT_REGISTRATION: 'open' } })
  try {
    const owner = await member(doors.port, 'Otter')
    const { settings } = jsonOf<InstanceView>(await owner.call('GET', '/api/instance'))
    assert.equal([settings.registration, settings.registrationFrom], ['open', 'CROSSCHAT_REGISTRATION'])
    const refused = await owner.call('PATCH', '/api/instance/settings', {
      registration: 'closed',
      channelBytes: 2 ** 30,
    })
    assert.equal([refused.status, codeOf(refused)], [409, 'registration_fixed'])
    assert.equal(await doors.stores.instance.get(), {}, 'all or nothing')
  } finally {
    await doors.close()
  }
})

test('takes a limit of bytes only within bounds', async ({ owner }) => {
  const set = (channelBytes: number) => owner.call('PATCH', '/api/instance/settings', { channelBytes })
  assert.is((await set(MIN_CHANNEL_BYTES - 1)).status, 400)
  assert.is(jsonOf<InstanceSettingsView>(await set(MIN_CHANNEL_BYTES)).limits.bytes, MIN_CHANNEL_BYTES)
})

test('gives the end of the log by level and from where it was read, with no secret in it', async ({ doors, owner }) => {
  const { log } = doors.house
  log.info({ password: 'plain words' }, 'first')
  log.warn({ platform: 'testtube' }, 'second')
  const read = async (query: string) => jsonOf<LogView>(await owner.call('GET', `/api/instance/log?${query}`))
  const all = await read('level=warn')
  assert.equal(
    all.items.map(({ level, message, more }) => [level, message, more]),
    [['warn', 'second', '{"platform":"testtube"}']],
  )
  const info = (await read('level=info')).items.find((line) => line.message === 'first')
  assert.is(info?.more, '{"password":"[secret]"}')
  log.error('third')
  assert.equal(
    (await read(`after=${all.last}&level=error`)).items.map((line) => line.message),
    ['third'],
  )
  assert.is((await owner.call('GET', '/api/instance/log?level=loud')).status, 400)
})

test('answers to a word of its own to any page, and to no other word', async ({ doors, owner }) => {
  const { nonce, addresses } = jsonOf<AddressCheckView>(await owner.call('POST', '/api/instance/address-checks'))
  assert.equal(addresses, [`http://127.0.0.1:${doors.port}`])
  const headers = { origin: 'https://chat.example' }
  const here = await ask(doors.port, { path: `/api/address-checks/${nonce}`, headers })
  assert.equal([here.status, jsonOf(here)], [200, { here: true }])
  assert.is(here.headers['access-control-allow-origin'], '*')
  const strange = await ask(doors.port, { path: `/api/address-checks/${UNKNOWN}`, headers })
  assert.equal([strange.status, strange.headers['access-control-allow-origin']], [404, undefined])
})

test.run()
