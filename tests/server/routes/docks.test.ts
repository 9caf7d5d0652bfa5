import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { MeView } from '../../../server/api/accounts.ts'
import type { DockView } from '../../../server/api/overlays.ts'
import { DOCK_SCOPES, type DockScope } from '../../../server/protocol.ts'
import { MAX_DOCKS } from '../../../server/routes/docks.ts'
import { type Answer, ask, codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/docks')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after.each(async ({ doors }) => doors.close())

const keyOf = (dock: DockView): string => dock.url.split('#')[1] ?? ''
const make = async (visitor: Visitor, scope: DockScope = 'moderate', name = 'Side') =>
  jsonOf<DockView>(await visitor.call('POST', '/api/docks', { name, scope }))

/** A call as the dock's page makes it: without cookie and origin, with its key. */
function call(port: number, key: string, [method, path, body]: readonly [string, string, unknown?]): Promise<Answer> {
  const headers = { authorization: `Bearer ${key}`, origin: 'null', 'content-type': 'application/json' }
  return ask(port, { method, path, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
}

const MODERATE: [string, string, unknown?][] = [
  ['POST', '/api/moderation/hide', { id: 'testtube:m1' }],
  ['POST', '/api/moderation/unhide', { id: 'testtube:m1' }],
  ['POST', '/api/moderation/feature', { id: null }],
  ['POST', '/api/moderation/panic', { on: true }],
  ['POST', '/api/moderation/panic', { on: false }],
  ['POST', '/api/moderation/slow', { on: true }],
  ['POST', '/api/moderation/slow', { on: false }],
  ['POST', '/api/moderation/clear'],
  ['GET', '/api/moderation/log'],
]
const CONTROL: [string, string, unknown?][] = [
  ['POST', '/api/streams', { title: 'Evening' }],
  ['POST', '/api/streams/live/end', {}],
  ['POST', '/api/simulator/messages', { platform: 'testtube', name: 'Mossy_Otter', text: 'a test' }],
  ['POST', '/api/sources/testtube/retry'],
  ['GET', '/api/themes'],
]
/** What no dock may do. */
const NEVER: [string, string, unknown?][] = [
  ['GET', '/api/docks'],
  ['GET', '/api/overlays'],
  ['GET', '/api/sources'],
  ['GET', '/api/auth/me'],
  ['GET', '/api/streams'],
  ['PUT', '/api/moderation/rules', { words: [], users: [], commands: false, bots: false }],
  ['POST', '/api/producers/testtube', {}],
  ['POST', '/api/keys', { name: 'more', scopes: ['read'] }],
]

for (const [nth, scope] of DOCK_SCOPES.entries()) {
  test(`lets a key with the scope ${scope} do what that scope may, and nothing else`, async ({ doors, visitor }) => {
    await visitor.call('PUT', '/api/sources/testtube', { channel: 'cool_channel' })
    const key = keyOf(await make(visitor, scope))
    const matrix: [typeof MODERATE, boolean][] = [
      [MODERATE, nth >= DOCK_SCOPES.indexOf('moderate')],
      [CONTROL, nth >= DOCK_SCOPES.indexOf('control')],
    ]
    for (const [calls, may] of matrix) {
      for (const each of calls) {
        const answer = await call(doors.port, key, each)
        const what = `${each[0]} ${each[1]}: ${answer.status} ${answer.text}`
        // Nothing is followed here, so that there is nothing to reconnect.
        if (may) assert.ok(answer.status < 300 || (answer.status === 404 && each[1].startsWith('/api/sources/')), what)
        else assert.equal([answer.status, codeOf(answer)], [403, 'wrong_scope'], what)
      }
    }
    for (const each of NEVER) {
      const answer = await call(doors.port, key, each)
      assert.is(answer.status, 401, `${each[0]} ${each[1]}: ${answer.text}`)
    }
  })
}

test('takes no other kind of key where it takes a dock’s', async ({ doors, visitor }) => {
  const overlays = jsonOf<{ items: { url: string }[] }>(await visitor.call('GET', '/api/overlays'))
  const api = jsonOf<{ key: string }>(
    await visitor.call('POST', '/api/keys', { name: 'x', scopes: ['produce', 'read'] }),
  )
  const mine = keyOf(await make(visitor))
  for (const key of [overlays.items[0]?.url.split('#')[1] ?? '', api.key, mine.slice(1), `${mine}A`, 'nonsense']) {
    assert.is(codeOf(await call(doors.port, key, ['POST', '/api/moderation/clear'])), 'bad_key')
  }
  assert.is(await doors.house.overlayKeys.find(mine, doors.stores.overlays), null)
})

test('does everything in the key’s own channel, whoever is signed in', async ({ doors, visitor }) => {
  const other = await member(doors.port, 'Badger')
  const channel = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me')).channel.id
  const headers = { authorization: `Bearer ${keyOf(await make(visitor))}` }
  const answer = await other.call('POST', '/api/moderation/hide', { id: 'testtube:m1' }, headers)
  assert.is(answer.status, 202)
  assert.is(doors.seen.at(-1)?.[1], channel)
})

test('gives a new key by rotation, and kills it by deletion', async ({ doors, visitor }) => {
  const before = await make(visitor)
  const after = jsonOf<DockView>(await visitor.call('POST', `/api/docks/${before.id}/rotate`))
  assert.equal(doors.seen.at(-1)?.slice(0, 3).toSpliced(1, 1), ['withdrawDock', before.id])
  const clear = ['POST', '/api/moderation/clear'] as const
  assert.is(codeOf(await call(doors.port, keyOf(before), clear)), 'bad_key')
  assert.is((await call(doors.port, keyOf(after), clear)).status, 202)
  assert.is((await visitor.call('DELETE', `/api/docks/${before.id}`)).status, 204)
  assert.equal(doors.seen.at(-1)?.slice(0, 3).toSpliced(1, 1), ['withdrawDock', before.id])
  assert.is(codeOf(await call(doors.port, keyOf(after), clear)), 'bad_key')
})

test('lists docks with their addresses; a control dock has two', async ({ doors, visitor }) => {
  const [chat, control] = [await make(visitor, 'moderate', 'Chat'), await make(visitor, 'control', 'Desk')]
  assert.match(chat.url, new RegExp(`^http://127.0.0.1:${doors.port}/dock#[\\w-]{43}$`))
  assert.is(chat.controlUrl, null)
  assert.is(control.controlUrl, `http://127.0.0.1:${doors.port}/dock?view=control#${keyOf(control)}`)
  assert.equal(jsonOf(await visitor.call('GET', '/api/docks')), { items: [chat, control] })
})

test('writes no key into files or log', async ({ doors, visitor }) => {
  const key = keyOf(await make(visitor))
  await call(doors.port, key, ['POST', '/api/moderation/clear'])
  assert.not.ok(doors.logged().includes(key))
  assert.not.ok(JSON.stringify(await doors.stores.docks.byChannel('')).includes(key))
})

test('refuses what is no dock, and more than there may be, also at once', async ({ visitor }) => {
  for (const body of [
    {},
    { name: 'x' },
    { name: '', scope: 'read' },
    { name: 'x', scope: 'owner' },
    { scope: 'read' },
  ]) {
    assert.is((await visitor.call('POST', '/api/docks', body)).status, 400)
  }
  const answers = await Promise.all(
    Array.from({ length: MAX_DOCKS + 1 }, () => visitor.call('POST', '/api/docks', { name: 'x', scope: 'read' })),
  )
  assert.is(answers.filter(({ status }) => status === 201).length, MAX_DOCKS)
  assert.is(answers.filter(({ status }) => status === 400).length, 1)
})

test('answers the preflight of a page without an origin, for the calls that docks make', async ({ doors }) => {
  const preflight = (method: string, path: string, origin = 'null') =>
    ask(doors.port, {
      method: 'OPTIONS',
      path,
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
    })
  for (const [method, path] of [...MODERATE, ...CONTROL]) {
    const { status, headers } = await preflight(method, path)
    assert.is(status, 204)
    assert.is(headers['access-control-allow-origin'], '*', path)
    assert.ok(String(headers['access-control-allow-methods']).split(', ').includes(method), path)
    assert.match(String(headers['access-control-allow-headers']), /authorization/)
    assert.is(headers['access-control-allow-credentials'], undefined)
    const foreign = await preflight(method, path, 'https://evil.example')
    assert.is(foreign.headers['access-control-allow-origin'], undefined)
  }
  const closed = await preflight('GET', '/api/overlays')
  assert.is(closed.headers['access-control-allow-origin'], undefined)
  const streams = await preflight('GET', '/api/streams')
  assert.is(streams.headers['access-control-allow-methods'], 'POST', 'reading streams is not for docks')
})

test('lets such a page read answers and refusals', async ({ doors, visitor }) => {
  const key = keyOf(await make(visitor, 'read'))
  const refused = await call(doors.port, key, ['POST', '/api/moderation/clear'])
  assert.is(refused.headers['access-control-allow-origin'], '*')
  assert.match(String(refused.headers.vary), /Origin/)
  const stranger = await call(doors.port, 'nonsense', ['POST', '/api/moderation/clear'])
  assert.equal([stranger.status, stranger.headers['access-control-allow-origin']], [401, '*'])
})

test('does nothing for a channel whose owner is suspended', async ({ doors }) => {
  const fox = await member(doors.port, 'Fox')
  const key = keyOf(await make(fox))
  const { account } = jsonOf<MeView>(await fox.call('GET', '/api/auth/me'))
  await doors.stores.accounts.suspend(account.id, Date.now())
  const refused = await call(doors.port, key, ['POST', '/api/moderation/clear'])
  assert.equal([refused.status, codeOf(refused)], [403, 'suspended'])
  await doors.stores.accounts.suspend(account.id, null)
  assert.is((await call(doors.port, key, ['POST', '/api/moderation/clear'])).status, 202)
})

test.run()
