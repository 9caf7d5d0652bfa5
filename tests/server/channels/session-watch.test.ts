import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeView } from '../../../server/api/accounts.ts'
import { SessionWatch } from '../../../server/channels/session-watch.ts'
import { type Doors, jsonOf, member, openDoors, PASSWORD, type Visitor } from '../../help/doors.ts'

interface Scene {
  doors: Doors
  visitor: Visitor
  watch: SessionWatch
  accountId: string
  withdrawn: string[]
}

const test = suite<Scene>('session-watch')
test.before.each(async (scene) => {
  scene.doors = await openDoors()
  scene.visitor = await member(scene.doors.port, 'quiet_otter')
  scene.accountId = jsonOf<MeView>(await scene.visitor.call('GET', '/api/auth/me')).account.id
  scene.withdrawn = []
  const [standing] = await known(scene)
  const panels = [{ id: scene.accountId, sessionId: standing ?? '', role: 'owner' as const }]
  const hub = {
    panels: () => panels.filter(({ sessionId }) => !scene.withdrawn.includes(sessionId)),
    withdrawSession: (id: string) => void scene.withdrawn.push(id),
  }
  const { stores, house } = scene.doors
  scene.watch = new SessionWatch({ hub, sessions: house.sessions, accounts: stores.accounts, log: house.log })
})
test.after.each(({ doors }) => doors.close())

async function known({ doors, accountId }: Scene): Promise<string[]> {
  const account = await doors.stores.accounts.byId(accountId)
  return account === null ? [] : (await doors.house.sessions.known(account)).map(({ id }) => id)
}
async function look({ watch }: Scene, times = 2): Promise<void> {
  for (let nth = 0; nth < times; nth++) await watch.look()
}

test('lets the panels of sessions that stand stay open', async (scene) => {
  await look(scene, 3)
  assert.equal(scene.withdrawn, [])
})

test('closes the panels of a session that nobody has used for too long', async (scene) => {
  const ids = await known(scene)
  const { sessions } = scene.doors.stores
  for (const session of await sessions.byAccount(scene.accountId)) {
    await sessions.set({ ...session, expiresAt: Date.now() - 1 })
  }
  await look(scene)
  assert.equal(scene.withdrawn, ids)
})

test('closes the panels of a session that a new sign-in has taken the place of', async (scene) => {
  const ids = await known(scene)
  const again = { username: 'quiet_otter', password: PASSWORD }
  assert.is((await scene.visitor.call('POST', '/api/auth/login', again)).status, 200)
  await look(scene)
  assert.equal(scene.withdrawn, ids)
})

test('closes the panels of an account that is gone', async (scene) => {
  const ids = await known(scene)
  await scene.doors.stores.accounts.remove(scene.accountId)
  await look(scene)
  assert.equal(scene.withdrawn, ids)
})

test('does not mind a session that is out of the store for a moment, as while a password is changed', async (scene) => {
  const { accounts } = scene.doors.stores
  const account = await accounts.byId(scene.accountId)
  assert.ok(account)
  await accounts.remove(scene.accountId)
  await look(scene, 1)
  await accounts.insert(account)
  await look(scene, 3)
  assert.equal(scene.withdrawn, [])
})

test.run()
