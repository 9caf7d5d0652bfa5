import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reaches } from '../../../server/auth/actor.ts'
import { Rates } from '../../../server/middleware/rate.ts'
import { CHANNEL_ROLES, type ChannelRole, DOCK_SCOPES } from '../../../server/protocol.ts'
import { allRoutes } from '../../../server/routes/index.ts'
import { IN_CHANNEL, type Route } from '../../../server/routes/route.ts'
import type { MemberRole } from '../../../server/stores/members.ts'
import { type Answer, ask, codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

/** Every call that acts in a channel, by everybody who may try. */

/** What a member may do; all the rest is the owner's. Whoever gives members more says so here too. */
const MEMBERS_MAY: Readonly<Record<string, MemberRole>> = {
  'GET /api/streams': 'viewer',
  'GET /api/streams/:id': 'viewer',
  'GET /api/streams/:id/events': 'viewer',
  'GET /api/streams/:id/figures': 'viewer',
  'GET /api/streams/:id/export': 'viewer',
  'GET /api/search': 'viewer',
  'GET /api/search/export': 'viewer',
  'GET /api/sources': 'viewer',
  'GET /api/members': 'viewer',
  'DELETE /api/members/me': 'viewer',
  'GET /api/moderation/rules': 'viewer',
  'GET /api/moderation/log': 'viewer',
  'GET /api/streams/:id/moments': 'viewer',
  'GET /api/retention': 'viewer',
  'POST /api/moments': 'moderator',
  'DELETE /api/moments/:id': 'moderator',
  'PUT /api/moderation/rules': 'moderator',
  'POST /api/moderation/rules/test': 'moderator',
  'POST /api/moderation/rules/undo/:id': 'moderator',
  'GET /api/moderation/held': 'moderator',
  'POST /api/moderation/held/:id/release': 'moderator',
  'POST /api/moderation/held/:id/refuse': 'moderator',
  'GET /api/moderation/people': 'moderator',
  'POST /api/moderation/people': 'moderator',
  'POST /api/moderation/people/note': 'moderator',
  'POST /api/moderation/people/show': 'moderator',
  'POST /api/moderation/hide': 'moderator',
  'POST /api/moderation/unhide': 'moderator',
  'POST /api/moderation/clear': 'moderator',
  'POST /api/moderation/feature': 'moderator',
  'POST /api/moderation/panic': 'moderator',
  'POST /api/moderation/slow': 'moderator',
}
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA'
/** After this call there is one member less. */
const LEAVING = 'DELETE /api/members/me'
const CHANNEL = 'X-CrossChat-Channel'

interface Scene {
  doors: Doors
  routes: Route[]
  /** The owner's channel, which all of these speak of. */
  channel: string
  people: Record<ChannelRole, Visitor>
  stranger: Visitor
  docks: Record<string, string>
  keys: Record<string, string>
}

const test = suite<Scene>('routes: roles')
test.before(async (scene) => {
  const doors = await openDoors()
  const owner = await member(doors.port, 'Otter')
  const { channel } = jsonOf<{ channel: { id: string } }>(await owner.call('GET', '/api/auth/me'))
  const [moderator, viewer] = [await member(doors.port, 'Badger'), await member(doors.port, 'Heron')]
  await join(doors, channel.id, moderator, 'moderator')
  await join(doors, channel.id, viewer, 'viewer')
  const routes = allRoutes(doors.house, new Rates(doors.house.metrics)).filter(inChannel)
  const people = { owner, moderator, viewer }
  Object.assign(scene, { doors, routes, people, channel: channel.id, stranger: await member(doors.port, 'Fox') })
  scene.docks = await docksOf(owner)
  scene.keys = await keysOf(owner)
})
test.after(async ({ doors }) => doors.close())

async function join({ stores }: Doors, channelId: string, visitor: Visitor, role: MemberRole): Promise<void> {
  const { account } = jsonOf<{ account: { id: string } }>(await visitor.call('GET', '/api/auth/me'))
  await stores.members.insert({ channelId, accountId: account.id, role, since: 1 })
}

async function docksOf(owner: Visitor): Promise<Record<string, string>> {
  const made = await Promise.all(DOCK_SCOPES.map((scope) => owner.call('POST', '/api/docks', { name: scope, scope })))
  return Object.fromEntries(made.map((each, at) => [DOCK_SCOPES[at], jsonOf<{ url: string }>(each).url.split('#')[1]]))
}

async function keysOf(owner: Visitor): Promise<Record<string, string>> {
  const scopes = ['produce', 'read']
  const made = await Promise.all(scopes.map((name) => owner.call('POST', '/api/keys', { name, scopes: [name] })))
  return Object.fromEntries(made.map((each, at) => [scopes[at], jsonOf<{ key: string }>(each).key]))
}

const inChannel = ({ who }: Route) => (IN_CHANNEL as readonly string[]).includes(who)
const nameOf = ({ method, path }: Route) => `${method} ${path}`
const leastOf = ({ least }: Route): ChannelRole => least ?? 'owner'
const addressOf = ({ path }: Route) => path.replace(':platform', 'testtube').replace(/:\w+/g, UNKNOWN)
const bare = (text: string) => text.replace(/"requestId":"[^"]*"/, '')

const byPerson = (who: Visitor, route: Route, channel: string) =>
  who.call(route.method, addressOf(route), undefined, { [CHANNEL]: channel })
const byKey = ({ port }: Doors, route: Route, key: string, named: Record<string, string> = {}): Promise<Answer> =>
  ask(port, { method: route.method, path: addressOf(route), headers: { authorization: `Bearer ${key}`, ...named } })

const refused = (answer: Answer) => answer.status === 401 || answer.status === 403

test('say the least role they need', ({ routes }) => {
  for (const route of routes) assert.ok(route.least !== undefined, `${nameOf(route)} says no least role`)
  const may = routes.filter((route) => route.least !== 'owner').map((route) => [nameOf(route), route.least])
  assert.equal(Object.fromEntries(may.sort()), Object.fromEntries(Object.entries(MEMBERS_MAY).sort()))
})

for (const role of CHANNEL_ROLES) {
  test(`let a ${role} do what a ${role} may, and say of all else that it is not allowed`, async (scene) => {
    for (const route of scene.routes) {
      const answer = await byPerson(scene.people[role], route, scene.channel)
      const name = `${nameOf(route)}: ${answer.text.slice(0, 200)}`
      if (reaches(role, leastOf(route))) assert.not.ok(refused(answer), name)
      else assert.is(`${answer.status} ${codeOf(answer)}`, '403 not_allowed', name)
      if (nameOf(route) === LEAVING && role !== 'owner')
        await join(scene.doors, scene.channel, scene.people[role], role)
    }
  })
}

test('answer a stranger as if there were no such channel', async ({ routes, stranger, channel }) => {
  for (const route of routes) {
    const foreign = await byPerson(stranger, route, channel)
    const unknown = await byPerson(stranger, route, UNKNOWN)
    assert.is(`${foreign.status} ${codeOf(foreign)}`, '404 not_found', nameOf(route))
    assert.is(bare(foreign.text), bare(unknown.text), nameOf(route))
  }
})

test('answer whoever is not signed in that they are not, whatever channel they name', async ({
  doors,
  routes,
  channel,
}) => {
  for (const route of routes) {
    for (const named of [{}, { [CHANNEL]: channel }]) {
      const answer = await ask(doors.port, { method: route.method, path: addressOf(route), headers: named })
      assert.is(`${answer.status} ${codeOf(answer)}`, '401 signed_out', nameOf(route))
    }
  }
})

test('let a dock do what its scope says and nothing else', async ({ doors, routes, docks }) => {
  for (const route of routes) {
    for (const [at, scope] of DOCK_SCOPES.entries()) {
      const answer = await byKey(doors, route, docks[scope] ?? '')
      const needed = (DOCK_SCOPES as readonly string[]).indexOf(route.who)
      const open = needed > 0 && at >= needed
      assert.is(refused(answer), !open, `${nameOf(route)} with ${scope}: ${answer.text.slice(0, 200)}`)
    }
  }
})

test('let an API key do what its scope says and nothing else', async ({ doors, routes, keys }) => {
  for (const route of routes) {
    for (const scope of ['produce', 'read']) {
      const answer = await byKey(doors, route, keys[scope] ?? '')
      assert.is(refused(answer), route.who !== scope, `${nameOf(route)} with ${scope}: ${answer.text.slice(0, 200)}`)
    }
  }
})

test('let no key into another channel than its own', async ({ doors, routes, keys, docks, stranger, channel }) => {
  const theirs = jsonOf<{ channel: { id: string } }>(await stranger.call('GET', '/api/auth/me')).channel.id
  for (const route of routes) {
    const key: string | undefined = ({ ...docks, ...keys } as Record<string, string>)[route.who]
    if (key === undefined) continue
    const answer = await byKey(doors, route, key, { [CHANNEL]: theirs })
    assert.is(`${answer.status} ${codeOf(answer)}`, '404 not_found', nameOf(route))
    assert.not.ok(refused(await byKey(doors, route, key, { [CHANNEL]: channel })), nameOf(route))
  }
})

test('speak of the own channel when none is named', async ({ people, channel }) => {
  await people.owner.call('POST', '/api/streams', { title: 'Owner’s own' })
  const titles = async (path: string, named: Record<string, string> = {}) =>
    (await people.moderator.call('GET', path, undefined, named)).text
  assert.not.match(await titles('/api/streams'), 'Owner’s own')
  assert.match(await titles('/api/streams', { [CHANNEL]: channel }), 'Owner’s own')
  assert.match(await titles(`/api/streams?channel=${channel}`), 'Owner’s own', 'as downloads name it')
  await people.owner.call('POST', '/api/streams/live/end', {})
})

test('take a channel named twice, or oddly, for one that does not exist', async ({ people, channel }) => {
  for (const query of [
    `channel=${channel}&channel=${channel}`,
    'channel=',
    'channel=%24ne',
    'channel[$ne]=1&channel=x',
  ]) {
    const answer = await people.moderator.call('GET', `/api/streams?${query}`)
    assert.is(answer.status, 404, query)
  }
})

test('show members no option of a source and no address for its deliveries', async ({ doors, people, channel }) => {
  const { sources } = doors.house
  const list = sources.list
  sources.list = (id) =>
    list(id).map((each) => ({ ...each, options: { secret: 'saved, ends in …9f3' }, hook: '/hooks/x' }))
  for (const role of CHANNEL_ROLES) {
    const { text } = await people[role].call('GET', '/api/sources', undefined, { [CHANNEL]: channel })
    assert.is(text.includes('9f3'), role === 'owner', role)
    assert.is(text.includes('/hooks/x'), role === 'owner', role)
  }
  sources.list = list
})

test('let members of a suspended owner look on, leave and change nothing', async ({
  doors,
  routes,
  people,
  channel,
}) => {
  const { accounts, channels } = doors.stores
  const accountId = (await channels.byId(channel))?.accountId ?? ''
  await accounts.suspend(accountId, Date.now())
  for (const route of routes.filter((each) => reaches('moderator', leastOf(each)) && nameOf(each) !== LEAVING)) {
    const answer = await byPerson(people.moderator, route, channel)
    const stopped = route.method !== 'GET'
    assert.is(answer.status === 403 && codeOf(answer) === 'suspended', stopped, `${nameOf(route)}: ${answer.status}`)
  }
  await accounts.suspend(accountId, null)
  const [one] = routes.filter((each) => nameOf(each) === 'POST /api/moderation/clear')
  assert.ok(one !== undefined && !refused(await byPerson(people.moderator, one, channel)), 'and go on once they are in')
})

test('write down who did it', async ({ people, channel }) => {
  const named = { [CHANNEL]: channel }
  await people.moderator.call('POST', '/api/moderation/hide', { id: 'testtube:1' }, named)
  const { items } = jsonOf<{ items: { what: string; by: unknown; target: unknown }[] }>(
    await people.viewer.call('GET', '/api/moderation/log', undefined, named),
  )
  const [newest] = items
  assert.equal(newest?.by, { kind: 'account', name: 'Badger' })
  assert.equal(newest?.target, { id: 'testtube:1' })
})

test.run()
