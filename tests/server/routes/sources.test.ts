import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SourceView } from '../../../server/protocol.ts'
import { ask, codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const PATH = '/api/sources/testtube'
const EVIL = 'https://evil.example'
const CALLS = [
  ['GET', '/api/sources'],
  ['PUT', PATH],
  ['POST', `${PATH}/retry`],
  ['DELETE', PATH],
] as const

const test = suite<{ doors: Doors; visitor: Visitor; other: Visitor }>('routes/sources')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  context.other = await member(context.doors.port, 'Badger')
})
test.after(async ({ doors }) => doors.close())

const viewsOf = async (visitor: Visitor) =>
  jsonOf<{ items: SourceView[] }>(await visitor.call('GET', '/api/sources')).items

test('follows, shows, tries again and lets go', async ({ doors, visitor }) => {
  const change = { channel: ' Cool_Channel ', autoStream: true, room: 'den', quiet: true, apiKey: null }
  const put = await visitor.call('PUT', PATH, change)
  assert.is(put.status, 200)
  assert.is(jsonOf<SourceView>(put).channel, 'Cool_Channel')
  assert.equal(doors.seen.at(-1)?.[3], { ...change, channel: 'Cool_Channel' })
  assert.is((await viewsOf(visitor))[0]?.channel, 'Cool_Channel')
  const retry = await visitor.call('POST', `${PATH}/retry`)
  assert.is(retry.status, 202)
  assert.is(jsonOf<{ items: SourceView[] }>(retry).items.length, 1)
  assert.is(doors.seen.at(-1)?.[0], 'retry')
  const gone = await visitor.call('DELETE', PATH)
  assert.equal([gone.status, gone.text], [204, ''])
  assert.is((await viewsOf(visitor))[0]?.channel, null)
})

test('wants an account for every call', async ({ doors }) => {
  for (const [method, path] of CALLS) {
    const body = method === 'PUT' ? { body: '{"channel":"a"}', headers: { 'content-type': 'application/json' } } : {}
    const answer = await ask(doors.port, { method, path, ...body })
    assert.equal([answer.status, codeOf(answer)], [401, 'signed_out'], `${method} ${path}`)
  }
})

test('takes no API key: secrets and connections are a person’s', async ({ doors, visitor }) => {
  const { key } = jsonOf<{ key: string }>(
    await visitor.call('POST', '/api/keys', { name: 'bot', scopes: ['produce', 'read'] }),
  )
  for (const [method, path] of CALLS) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const body = method === 'PUT' ? { body: '{"channel":"a"}' } : {}
    assert.is((await ask(doors.port, { method, path, headers, ...body })).status, 401, `${method} ${path}`)
  }
})

test('changes nothing for another site’s page', async ({ doors, visitor }) => {
  const before = doors.seen.length
  for (const [method, path] of CALLS.slice(1)) {
    for (const from of [{ origin: EVIL }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, {}]) {
      const headers = { cookie: visitor.cookie, 'content-type': 'application/json', ...from }
      const body = method === 'PUT' ? { body: '{"channel":"a"}' } : {}
      const answer = await ask(doors.port, { method, path, headers, ...body })
      assert.equal([answer.status, codeOf(answer)], [403, 'wrong_origin'], `${method} ${path} ${JSON.stringify(from)}`)
    }
  }
  assert.is(doors.seen.length, before)
})

test('finds nothing where nothing is followed, nor of a platform that is none', async ({ visitor, other }) => {
  await visitor.call('PUT', PATH, { channel: 'mine' })
  for (const [method, path] of [
    ['DELETE', PATH],
    ['POST', `${PATH}/retry`],
    ['DELETE', '/api/sources/nowhere'],
    ['POST', '/api/sources/nowhere/retry'],
  ] as const) {
    const answer = await other.call(method, path)
    assert.equal([answer.status, codeOf(answer)], [404, 'not_found'], `${method} ${path}`)
  }
  const put = await other.call('PUT', '/api/sources/nowhere', { channel: 'a' })
  assert.equal([put.status, codeOf(put)], [404, 'unknown_platform'])
  assert.is((await viewsOf(other))[0]?.channel, null)
  assert.is((await viewsOf(visitor))[0]?.channel, 'mine')
})

test('refuses what is not a change, and says which field', async ({ visitor }) => {
  for (const [body, field] of [
    [{ channel: 5 }, 'channel'],
    [{ channel: '' }, 'channel'],
    [{ channel: 'x'.repeat(301) }, 'channel'],
    [{ enabled: 'yes' }, 'enabled'],
    [{ autoStream: null }, 'autoStream'],
    [{ room: { $ne: 1 } }, 'room'],
    [{ room: ['a'] }, 'room'],
    [{ apiKey: 'x'.repeat(501) }, 'apiKey'],
  ] as const) {
    const answer = await visitor.call('PUT', PATH, body)
    assert.equal([answer.status, codeOf(answer)], [400, 'bad_request'], JSON.stringify(body).slice(0, 60))
    assert.ok(field in jsonOf<{ error: { fields: object } }>(answer).error.fields, field)
    assert.not.match(answer.text, /x{50}/, 'no echo')
  }
  const proto = { method: 'PUT', path: PATH, body: '{"__proto__":{"a":1}}' }
  const headers = {
    cookie: visitor.cookie,
    origin: `http://127.0.0.1:${visitor.port}`,
    'content-type': 'application/json',
  }
  assert.is(codeOf(await ask(visitor.port, { ...proto, headers })), 'bad_json')
  assert.is(codeOf(await ask(visitor.port, { ...proto, body: '{', headers })), 'bad_json')
  for (const key of ['constructor', 'toString', 'hasOwnProperty'])
    assert.is(codeOf(await visitor.call('PUT', PATH, { [key]: 'x' })), 'bad_json', key)
})

test('takes JSON and little of it', async ({ visitor }) => {
  const own = { cookie: visitor.cookie, origin: `http://127.0.0.1:${visitor.port}` }
  const form = { method: 'PUT', path: PATH, body: 'channel=a', headers: { ...own, 'content-type': 'text/plain' } }
  assert.equal((await ask(visitor.port, form)).status, 415)
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, nth) => [`option${nth}`, 'x'.repeat(200)]))
  const answer = await visitor.call('PUT', PATH, many)
  assert.equal([answer.status, codeOf(answer)], [413, 'too_large'])
})

test.run()
