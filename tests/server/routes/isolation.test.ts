import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ask, codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

/** Every call that names something by an id: another's id and an unknown one must answer alike. */

interface Things {
  stream: string
  overlay: string
  key: string
  dock: string
  run: string
}
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA'
const CALLS: [method: string, path: (id: string) => string, thing: keyof Things, body?: unknown][] = [
  ['GET', (id) => `/api/streams/${id}`, 'stream'],
  ['PATCH', (id) => `/api/streams/${id}`, 'stream', { title: 'taken' }],
  ['DELETE', (id) => `/api/streams/${id}`, 'stream'],
  ['POST', (id) => `/api/streams/${id}/restore`, 'stream'],
  ['GET', (id) => `/api/streams/${id}/events`, 'stream'],
  ['GET', (id) => `/api/streams/${id}/figures`, 'stream'],
  ['GET', (id) => `/api/streams/${id}/export?format=json`, 'stream'],
  ['GET', (id) => `/api/overlays/${id}`, 'overlay'],
  ['PATCH', (id) => `/api/overlays/${id}`, 'overlay', { name: 'taken' }],
  ['DELETE', (id) => `/api/overlays/${id}`, 'overlay'],
  ['POST', (id) => `/api/overlays/${id}/rotate`, 'overlay'],
  ['POST', (id) => `/api/overlays/${id}/reload`, 'overlay'],
  ['GET', (id) => `/api/overlays/${id}/waiting-file`, 'overlay'],
  ['GET', (id) => `/api/overlays/${id}/draft`, 'overlay'],
  ['PUT', (id) => `/api/overlays/${id}/draft`, 'overlay', { revision: 0, settings: {} }],
  ['POST', (id) => `/api/overlays/${id}/publish`, 'overlay', { revision: 0 }],
  ['GET', (id) => `/api/overlays/${id}/versions`, 'overlay'],
  ['POST', (id) => `/api/overlays/${id}/preview`, 'overlay', { act: 'burst' }],
  ['DELETE', (id) => `/api/keys/${id}`, 'key'],
  ['DELETE', (id) => `/api/docks/${id}`, 'dock'],
  ['POST', (id) => `/api/docks/${id}/rotate`, 'dock'],
  ['GET', (id) => `/api/simulator/runs/${id}`, 'run'],
  ['DELETE', (id) => `/api/simulator/runs/${id}`, 'run'],
]

async function thingsOf(visitor: Visitor): Promise<Things> {
  const make = async (path: string, body: unknown) => jsonOf<{ id: string }>(await visitor.call('POST', path, body)).id
  const stream = await make('/api/streams', { title: 'mine' })
  await visitor.call('POST', '/api/streams/live/end', {})
  const overlay = await make('/api/overlays', { name: 'mine' })
  const key = await make('/api/keys', { name: 'mine', scopes: ['produce'] })
  const dock = await make('/api/docks', { name: 'mine', scope: 'control' })
  const run = await make('/api/simulator/runs', { count: 1, perSecond: 1 })
  return { stream, overlay, key, dock, run }
}

const bare = (text: string) => text.replace(/"requestId":"[^"]*"/, '')

const test = suite<{ doors: Doors; owner: Visitor; other: Visitor; things: Things }>('routes: isolation')
test.before(async (context) => {
  context.doors = await openDoors()
  context.owner = await member(context.doors.port, 'Otter')
  context.other = await member(context.doors.port, 'Badger')
  context.things = await thingsOf(context.owner)
})
test.after(async ({ doors }) => doors.close())

for (const [method, path, thing, body] of CALLS) {
  test(`${method} ${path(`:${thing}`)} answers another's id like an unknown one`, async ({ other, things }) => {
    const foreign = await other.call(method, path(things[thing]), body)
    const unknown = await other.call(method, path(UNKNOWN), body)
    assert.is(foreign.status, 404)
    assert.is(unknown.status, 404)
    assert.is(bare(foreign.text), bare(unknown.text))
  })

  test(`${method} ${path(`:${thing}`)} wants an account`, async ({ doors, things }) => {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const text = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await ask(doors.port, { method, path: path(things[thing]), headers, ...text })
    assert.is(answer.status, 401)
    assert.is(codeOf(answer), 'signed_out')
  })
}

test('shows nobody what others have', async ({ other, things }) => {
  for (const path of [
    '/api/streams',
    '/api/overlays',
    '/api/keys',
    '/api/docks',
    '/api/moderation/log',
    '/api/search?q=a',
  ]) {
    const { text } = await other.call('GET', path)
    for (const id of Object.values(things)) assert.not.ok(text.includes(id), path)
  }
})

test('leaves everything as it was', async ({ owner, things }) => {
  const stream = jsonOf<{ title: string }>(await owner.call('GET', `/api/streams/${things.stream}`))
  assert.is(stream.title, 'mine')
  const overlay = jsonOf<{ name: string }>(await owner.call('GET', `/api/overlays/${things.overlay}`))
  assert.is(overlay.name, 'mine')
})

test('keeps what each follows to themselves', async ({ owner, other }) => {
  const path = '/api/sources/testtube'
  await owner.call('PUT', path, { channel: 'owners_channel' })
  assert.is((await other.call('DELETE', path)).status, 404)
  assert.is((await other.call('POST', `${path}/retry`)).status, 404)
  await other.call('PUT', path, { channel: 'others_channel' })
  const [mine, theirs] = [await owner.call('GET', '/api/sources'), await other.call('GET', '/api/sources')]
  assert.match(mine.text, /owners_channel/)
  assert.not.match(mine.text, /others_channel/)
  assert.not.match(theirs.text, /owners_channel/)
  await other.call('DELETE', path)
  assert.match((await owner.call('GET', '/api/sources')).text, /owners_channel/)
})

test('keeps the instance to its owner', async ({ owner, other, doors }) => {
  assert.is((await owner.call('GET', '/api/instance')).status, 200)
  assert.is((await other.call('GET', '/api/instance')).status, 404)
  assert.is((await ask(doors.port, { path: '/api/instance' })).status, 401)
})

test('takes ids of any form for unknown ones', async ({ owner }) => {
  for (const id of ['..%2f..%2fsecret', '%5c%5c', 'C%3A', '%00', 'a'.repeat(2_000), '$ne', '__proto__']) {
    const answer = await owner.call('GET', `/api/streams/${id}`)
    assert.is(answer.status, 404, id)
    assert.not.match(answer.text, /stack|node_modules|\/server\//)
  }
})

test.run()
