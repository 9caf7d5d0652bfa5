import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeView } from '../../../server/api/accounts.ts'
import type { MemberView } from '../../../server/api/members.ts'
import { codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

interface Scene {
  doors: Doors
  owner: Visitor
  moderator: Visitor
  channel: string
  id: string
}

const test = suite<Scene>('routes/members')
test.before.each(async (scene) => {
  scene.doors = await openDoors()
  scene.owner = await member(scene.doors.port, 'Otter')
  scene.moderator = await member(scene.doors.port, 'Badger')
  scene.channel = (await meOf(scene.owner)).channel.id
  scene.id = (await meOf(scene.moderator)).account.id
  const { channel: channelId, id: accountId } = scene
  await scene.doors.stores.members.insert({ channelId, accountId, role: 'moderator', since: 5 })
})
test.after.each(async ({ doors }) => doors.close())

const meOf = async (visitor: Visitor) => jsonOf<MeView>(await visitor.call('GET', '/api/auth/me'))
const there = (channel: string) => ({ 'X-CrossChat-Channel': channel })
const seenBy = ({ seen }: Doors, what: string) => seen.filter(([name]) => name === what)

test('are listed with their roles, the owner first', async ({ owner, moderator, channel }) => {
  const list = async (visitor: Visitor) =>
    jsonOf<{ items: MemberView[] }>(await visitor.call('GET', '/api/members', undefined, there(channel))).items
  const brief = ({ name, role, you }: MemberView) => `${name} ${role} ${you}`
  assert.equal((await list(owner)).map(brief), ['Otter owner true', 'Badger moderator false'])
  assert.equal((await list(moderator)).map(brief), ['Otter owner false', 'Badger moderator true'])
})

test('have another role at once', async ({ doors, owner, moderator, channel, id }) => {
  const answer = await owner.call('PATCH', `/api/members/${id}`, { role: 'viewer' })
  assert.is(jsonOf<MemberView>(answer).role, 'viewer')
  assert.equal(seenBy(doors, 'memberChanged'), [['memberChanged', channel, id]])
  const clear = await moderator.call('POST', '/api/moderation/clear', undefined, there(channel))
  assert.is(codeOf(clear), 'not_allowed')
  assert.is((await meOf(moderator)).channels[1]?.role, 'viewer')
})

test('have no role that makes them the owner', async ({ owner, id, channel }) => {
  for (const body of [{ role: 'owner' }, { role: 'viewer', since: 1 }, {}]) {
    assert.is((await owner.call('PATCH', `/api/members/${id}`, body)).status, 400)
  }
  const me = (await meOf(owner)).account.id
  assert.is((await owner.call('PATCH', `/api/members/${me}`, { role: 'viewer' })).status, 404, 'the owner is no member')
  assert.is((await owner.call('DELETE', `/api/members/${me}`)).status, 404)
  assert.is((await owner.call('GET', '/api/members', undefined, there(channel))).status, 200)
})

test('see nothing of the channel once they are removed', async ({ doors, owner, moderator, channel, id }) => {
  assert.is((await moderator.call('GET', '/api/streams', undefined, there(channel))).status, 200)
  assert.is((await owner.call('DELETE', `/api/members/${id}`)).status, 204)
  assert.equal(seenBy(doors, 'withdrawMember'), [['withdrawMember', channel, id]])
  assert.is((await moderator.call('GET', '/api/streams', undefined, there(channel))).status, 404)
  assert.is((await meOf(moderator)).channels.length, 1)
  assert.is((await owner.call('DELETE', `/api/members/${id}`)).status, 404)
})

test('can leave', async ({ doors, moderator, owner, channel, id }) => {
  assert.is((await moderator.call('DELETE', '/api/members/me', undefined, there(channel))).status, 204)
  assert.equal(seenBy(doors, 'withdrawMember'), [['withdrawMember', channel, id]])
  assert.is((await moderator.call('GET', '/api/members', undefined, there(channel))).status, 404)
  const own = await owner.call('DELETE', '/api/members/me')
  assert.is(own.status, 400)
  assert.match(own.text, /your own channel/)
})

test('of one channel are none of another’s', async ({ doors, owner, moderator, id }) => {
  const fox = await member(doors.port, 'Fox')
  assert.is((await fox.call('DELETE', `/api/members/${id}`)).status, 404)
  assert.is((await fox.call('PATCH', `/api/members/${id}`, { role: 'viewer' })).status, 404)
  assert.is((await meOf(moderator)).channels[1]?.role, 'moderator')
  assert.not.match((await fox.call('GET', '/api/members')).text, 'Badger')
  assert.is((await owner.call('DELETE', `/api/members/${id}`)).status, 204)
})

test.run()
