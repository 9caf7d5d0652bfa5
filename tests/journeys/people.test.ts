import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SessionView } from '../../server/api/accounts.ts'
import type { InviteView } from '../../server/api/members.ts'
import { CLOSE } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** Withdrawn access is withdrawn within this, ms. */
const WITHIN_MS = 1_000

const test = suite('people')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path, env: NOWHERE })
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

const socket = (panel: Panel, channel: string) =>
  new Listener(server.base, `/ws/panel?channel=${channel}`, { Origin: server.base, Cookie: panel.cookie })

async function listening(panel: Panel, channel: string): Promise<Listener> {
  const listener = socket(panel, channel)
  await listener.opened()
  listener.hello({})
  await listener.until(() => listener.welcome !== null)
  return listener
}

/** A channel with a member, who came by an invitation. */
async function team(name: string): Promise<{ owner: Panel; member: Panel; channel: string; memberId: string }> {
  const owner = await Panel.register(server.base, `${name}_owner`)
  const member = await Panel.register(server.base, `${name}_member`)
  const { url = '' } = await owner.json<InviteView>('POST', '/api/invites', { role: 'moderator' })
  await member.json('POST', '/api/invites/accept', { token: url.split('/').at(-1) })
  const { account } = await member.me()
  return { owner, member, channel: (await owner.me()).channel.id, memberId: account.id }
}

test('shows a member the channel as it goes on, without what is the owner’s alone', async () => {
  const { owner, member, channel } = await team('ada')
  const change = { channel: 'ada_channel', secret: 'a long hook secret', enabled: false }
  await owner.json('PUT', '/api/sources/twitch', change)
  const [theirs, own] = [await listening(member, channel), await listening(owner, channel)]
  assert.is(theirs.welcome?.role, 'moderator')
  assert.is(own.welcome?.role, 'owner')
  await owner.pushLines([ircLine('seen', 'hello team')])
  await theirs.until(() => theirs.events.some(({ id }) => id === 'twitch:seen'))
  const statusOf = async (listener: Listener) => {
    // Another server tells what was just changed within half a second.
    await listener.until(() =>
      listener.frames.some((frame) => frame.type === 'status' && JSON.stringify(frame).includes('ada_channel')),
    )
    return JSON.stringify(listener.frames.filter(({ type }) => type === 'status'))
  }
  assert.match(await statusOf(own), /\/hooks\/twitch/)
  assert.match(await statusOf(theirs), /ada_channel/)
  assert.not.match(await statusOf(theirs), /hooks|ends in/)
  theirs.close()
  own.close()
})

test('closes a removed member’s panels on the channel, and no others', async () => {
  const { owner, member, channel, memberId } = await team('bea')
  const there = await listening(member, channel)
  const home = await listening(member, (await member.me()).channel.id)
  const owners = await listening(owner, channel)
  await owner.json('DELETE', `/api/members/${memberId}`)
  await there.until(() => there.closed !== null, WITHIN_MS)
  assert.is(there.closed, CLOSE.withdrawn)
  const back = socket(member, channel)
  await back.until(() => back.closed !== null)
  assert.is(back.welcome, null, 'there is no way back')
  await owner.pushLines([ircLine('after', 'among us')])
  await owners.until(() => owners.events.some(({ id }) => id === 'twitch:after'))
  assert.is(home.closed, null)
  assert.is(owners.closed, null)
  home.close()
  owners.close()
})

test('lets nobody in by a hello that comes after they were removed', async () => {
  const { owner, member, channel, memberId } = await team('cid')
  const late = socket(member, channel)
  await late.opened()
  await owner.json('DELETE', `/api/members/${memberId}`)
  late.hello({})
  await late.until(() => late.closed !== null)
  assert.is(late.welcome, null)
  assert.is(late.closed, CLOSE.badKey)
})

test('brings a member back in the new role', async () => {
  const { owner, member, channel, memberId } = await team('dot')
  const before = await listening(member, channel)
  await owner.json('PATCH', `/api/members/${memberId}`, { role: 'viewer' })
  await before.until(() => before.closed !== null, WITHIN_MS)
  assert.is(before.closed, CLOSE.restart)
  const after = await listening(member, channel)
  assert.is(after.welcome?.role, 'viewer')
  after.close()
})

test('opens no socket on a channel that is none of theirs', async () => {
  const { channel } = await team('eve')
  const stranger = await Panel.register(server.base, 'fay_stranger')
  for (const named of [channel, 'AAAAAAAAAAAAAAAAAAAAAA', '']) {
    const refused = socket(stranger, named)
    const [status] = await new Promise<[number]>((resolve) => {
      refused.ws.on('unexpected-response', (_, response) => resolve([response.statusCode ?? 0]))
    })
    assert.is(status, 404, named)
  }
})

test('closes the panels of a session that was ended elsewhere, and no others', async () => {
  const here = await Panel.register(server.base, 'gil_twice')
  const there = await Panel.login(server.base, 'gil_twice')
  const { id: channel } = (await here.me()).channel
  const sessionsOf = async () => (await here.json<{ items: SessionView[] }>('GET', '/api/auth/sessions')).items
  const [kept, ended] = [await listening(here, channel), await listening(there, channel)]
  const other = (await sessionsOf()).find(({ current }) => !current)
  await here.json('DELETE', `/api/auth/sessions/${other?.id}`)
  await ended.until(() => ended.closed !== null, WITHIN_MS)
  assert.is(ended.closed, CLOSE.withdrawn)
  assert.is((await there.call('GET', '/api/auth/me')).status, 401)

  const again = await listening(await Panel.login(server.base, 'gil_twice'), channel)
  await here.json('DELETE', '/api/auth/sessions')
  await again.until(() => again.closed !== null, WITHIN_MS)
  assert.is(again.closed, CLOSE.withdrawn)
  assert.is(kept.closed, null)
  assert.is((await sessionsOf()).length, 1)
  kept.close()
})

test.run()
