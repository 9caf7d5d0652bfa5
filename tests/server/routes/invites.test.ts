import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeView } from '../../../server/api/accounts.ts'
import type { InvitedView, InviteView } from '../../../server/api/members.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { INVITE_MS, MAX_INVITES, MAX_MEMBERS } from '../../../server/routes/invitation.ts'
import { type Answer, codeOf, type Doors, jsonOf, member, openDoors, PASSWORD, Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; owner: Visitor; guest: Visitor }>('routes/invites')
test.before.each(async (context) => {
  context.doors = await openDoors({ env: { CROSSCHAT_REGISTRATION: 'open' } })
  context.owner = await member(context.doors.port, 'Otter')
  context.guest = await member(context.doors.port, 'Badger')
})
test.after.each(async ({ doors }) => doors.close())

const tokenIn = ({ url = '' }: InviteView) => /#\/invite\/([\w-]+)$/.exec(url)?.[1] ?? ''
const meOf = async (visitor: Visitor) => jsonOf<MeView>(await visitor.call('GET', '/api/auth/me'))
const openOf = async (owner: Visitor) => jsonOf<{ items: InviteView[] }>(await owner.call('GET', '/api/invites')).items
const accept = (visitor: Visitor, token: string) => visitor.call('POST', '/api/invites/accept', { token })

async function made(owner: Visitor, role = 'moderator'): Promise<{ view: InviteView; token: string }> {
  const answer = await owner.call('POST', '/api/invites', { role, name: 'for the badger' })
  assert.is(answer.status, 201, answer.text)
  const view = jsonOf<InviteView>(answer)
  return { view, token: tokenIn(view) }
}

function register(doors: Doors, username: string, invite?: string): Promise<Answer> {
  const body = { username, password: PASSWORD, ...(invite !== undefined && { invite }) }
  return new Visitor(doors.port).call('POST', '/api/auth/register', body)
}

test('lets somebody in with the role that it names, once', async ({ doors, owner, guest }) => {
  const { view, token } = await made(owner)
  assert.is(view.role, 'moderator')
  assert.is(view.expiresAt - view.createdAt, INVITE_MS)
  const answer = await accept(guest, token)
  assert.is(answer.status, 200, answer.text)
  const { channel } = await meOf(owner)
  const { channels } = jsonOf<MeView>(answer)
  assert.equal(
    channels.map(({ name, role }) => [name, role]),
    [
      ['Badger', 'owner'],
      ['Otter', 'moderator'],
    ],
  )
  assert.is(channels[1]?.id, channel.id)
  assert.equal(await openOf(owner), [])
  const again = await accept(await member(doors.port, 'Heron'), token)
  assert.is(`${again.status} ${codeOf(again)}`, '403 bad_invite')
})

test('is kept as a digest only: neither the list nor the files know its link', async ({ doors, owner }) => {
  const { token } = await made(owner)
  const [listed] = await openOf(owner)
  assert.is(listed?.name, 'for the badger')
  assert.not.ok(JSON.stringify(listed).includes(token))
  assert.not.ok(JSON.stringify(await doors.stores.invites.open((await meOf(owner)).channel.id)).includes(token))
  assert.not.ok(doors.logged().includes(token))
})

test('can be looked at without being used, by whoever has it', async ({ doors, owner }) => {
  const { token, view } = await made(owner, 'viewer')
  for (let look = 0; look < 2; look++) {
    const answer = await new Visitor(doors.port).call('POST', '/api/invites/look', { token })
    const { expiresAt } = view
    assert.equal(jsonOf<InvitedView>(answer), { channel: 'Otter', role: 'viewer', by: 'Otter', expiresAt })
  }
})

test('answers whatever opens nothing alike: made up, used, taken back, expired', async ({ doors, owner, guest }) => {
  const used = await made(owner)
  await accept(guest, used.token)
  const revoked = await made(owner)
  assert.is((await owner.call('DELETE', `/api/invites/${revoked.view.id}`)).status, 204)
  const expired = await made(owner)
  const [stored] = await doors.stores.invites.open((await meOf(owner)).channel.id)
  assert.ok(stored)
  await doors.stores.invites.remove(stored.channelId, stored.id)
  await doors.stores.invites.insert({ ...stored, expiresAt: Date.now() - 1 })
  const heron = await member(doors.port, 'Heron')
  const bare = ({ text }: Answer) => text.replace(/"requestId":"[^"]*"/, '')
  const answers = new Set<string>()
  for (const token of ['A'.repeat(43), 'short', used.token, revoked.token, expired.token]) {
    for (const answer of [
      await accept(heron, token),
      await heron.call('POST', '/api/invites/look', { token }),
      await register(doors, 'Newcomer', token),
    ]) {
      assert.is(answer.status, 403, answer.text)
      answers.add(bare(answer))
    }
  }
  assert.is(answers.size, 1)
  assert.is((await meOf(heron)).channels.length, 1)
  assert.is(await doors.stores.accounts.byHandle('newcomer'), null)
})

test('lets one of many in who use it at the same moment, old and new', async ({ doors, owner }) => {
  const { token } = await made(owner)
  const old = await Promise.all(['Heron', 'Finch', 'Stoat'].map((name) => member(doors.port, name)))
  const answers = await Promise.all([
    ...old.map((each) => accept(each, token)),
    ...['Vole', 'Wren', 'Newt'].map((name) => register(doors, name, token)),
  ])
  assert.is(answers.filter(({ status }) => status < 300).length, 1)
  for (const answer of answers.filter(({ status }) => status >= 300)) assert.is(codeOf(answer), 'bad_invite')
  const { channel } = await meOf(owner)
  assert.is((await doors.stores.members.byChannel(channel.id)).length, 1)
})

test('is not used up by whoever cannot use it', async ({ doors, owner, guest }) => {
  const first = await made(owner)
  await accept(guest, first.token)
  const { token } = await made(owner)
  assert.is(codeOf(await accept(owner, token)), 'bad_request', 'the owner')
  assert.is(codeOf(await accept(guest, token)), 'member_already', 'a member')
  assert.is(codeOf(await register(doors, 'Badger', token)), 'name_taken', 'a newcomer by a taken name')
  assert.is((await accept(await member(doors.port, 'Heron'), token)).status, 200)
})

test('opens again when the store does not take the member', async ({ doors, owner, guest }) => {
  const { token } = await made(owner)
  const { members } = doors.stores
  const insert = members.insert
  members.insert = async () => {
    throw new CrossChatError('storage_failed')
  }
  assert.is((await accept(guest, token)).status, 507)
  members.insert = insert
  assert.is((await accept(guest, token)).status, 200)
})

test('cannot be taken back by the owner of another channel', async ({ owner, guest }) => {
  const { view, token } = await made(owner)
  assert.is((await guest.call('DELETE', `/api/invites/${view.id}`)).status, 404)
  assert.is((await owner.call('DELETE', `/api/instance/invites/${view.id}`)).status, 404, 'nor as one to register')
  assert.is((await accept(guest, token)).status, 200)
})

test('has bounds: open invitations and members of a channel', async ({ doors, owner, guest }) => {
  const answers = await Promise.all(
    Array.from({ length: MAX_INVITES + 1 }, () => owner.call('POST', '/api/invites', { role: 'viewer' })),
  )
  assert.is(answers.filter(({ status }) => status === 201).length, MAX_INVITES)
  const token = tokenIn(jsonOf<InviteView>(answers.filter(({ status }) => status === 201)[0] as Answer))
  const { channel } = await meOf(owner)
  for (let n = 0; n < MAX_MEMBERS; n++) {
    await doors.stores.members.insert({ channelId: channel.id, accountId: `a${n}`, role: 'viewer', since: n })
  }
  assert.is(codeOf(await accept(guest, token)), 'bad_request')
  assert.is(codeOf(await register(doors, 'Newcomer', token)), 'bad_request')
  assert.is(await doors.stores.accounts.byHandle('newcomer'), null)
})

test('takes no role but those of members', async ({ owner }) => {
  for (const body of [{ role: 'owner' }, { role: 'admin' }, {}, { role: 'viewer', channelId: 'x' }]) {
    assert.is((await owner.call('POST', '/api/invites', body)).status, 400, JSON.stringify(body))
  }
})

test.run()

const door = suite<{ doors: Doors; owner: Visitor }>('routes/invites: where one registers by invitation')
door.before.each(async (context) => {
  context.doors = await openDoors({ env: { CROSSCHAT_REGISTRATION: 'invite' } })
  context.owner = await member(context.doors.port, 'Otter')
})
door.after.each(async ({ doors }) => doors.close())

door('a member’s invitation opens the door, and makes the newcomer a member', async ({ doors, owner }) => {
  const refused = await register(doors, 'Badger')
  assert.is(codeOf(refused), 'registration_closed')
  assert.match(refused.text, /invitation/)
  const { token } = await made(owner)
  const answer = await register(doors, 'Badger', token)
  assert.is(answer.status, 201, answer.text)
  assert.equal(
    jsonOf<MeView>(answer).channels.map(({ role }) => role),
    ['owner', 'moderator'],
  )
})

door('an invitation to register opens the door and nothing else', async ({ doors, owner }) => {
  const view = jsonOf<InviteView>(await owner.call('POST', '/api/instance/invites', { name: 'a friend' }))
  assert.is(view.role, null)
  assert.equal(await openOf(owner), [], 'it is none of the channel’s')
  const look = await owner.call('POST', '/api/invites/look', { token: tokenIn(view) })
  assert.is(jsonOf<InvitedView>(look).channel, null)
  assert.is((await accept(owner, tokenIn(view))).status, 403, 'whoever has an account has no use for it')
  const answer = await register(doors, 'Badger', tokenIn(view))
  assert.is(answer.status, 201, answer.text)
  assert.equal(
    jsonOf<MeView>(answer).channels.map(({ role }) => role),
    ['owner'],
  )
  assert.is(codeOf(await register(doors, 'Heron', tokenIn(view))), 'bad_invite')
})

door('only the owner of the instance invites to it', async ({ doors, owner }) => {
  const { token } = await made(owner)
  const guest = new Visitor(doors.port)
  await guest.call('POST', '/api/auth/register', { username: 'Badger', password: PASSWORD, invite: token })
  for (const [method, path, body] of [
    ['GET', '/api/instance/invites'],
    ['POST', '/api/instance/invites', {}],
    ['DELETE', '/api/instance/invites/x'],
  ] as const) {
    assert.is((await guest.call(method, path, body)).status, 404, method)
  }
})

door('no invitation opens a door that is closed', async () => {
  const doors = await openDoors({ env: { CROSSCHAT_REGISTRATION: 'closed' } })
  const owner = await member(doors.port, 'Otter')
  const { token } = await made(owner)
  assert.is(codeOf(await register(doors, 'Badger', token)), 'registration_closed')
  await doors.close()
})

door.run()
