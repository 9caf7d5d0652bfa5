import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KeyView } from '../../../server/api/programs.ts'
import type { ProducedView } from '../../../server/api/sources.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { FORWARDED } from '../../../server/routes/producers.ts'
import { PUSH_HEADER_PREFIXES } from '../../../workers/platforms/platform.ts'
import { ask, codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const PATH = '/api/producers/testtube'
const test = suite<{ doors: Doors; visitor: Visitor; key: KeyView }>('routes/producers')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  context.key = jsonOf(await context.visitor.call('POST', '/api/keys', { name: 'bot', scopes: ['produce'] }))
})
test.before.each(({ doors }) => doors.failWith(null))
test.after(async ({ doors }) => doors.close())

function push(doors: Doors, key: string, body: string | Buffer, headers: Record<string, string> = {}) {
  return ask(doors.port, { method: 'POST', path: PATH, body, headers: { authorization: `Bearer ${key}`, ...headers } })
}

test('hands the body on as it is, with the headers a platform needs and no others', async ({ doors, key }) => {
  const body = '@id=1 :who!who@who PRIVMSG #den :grüße 🦦\r\n'
  const headers = {
    'content-type': 'text/plain',
    'kick-event-type': 'chat',
    'twitch-eventsub-message-id': 'm1',
    'x-secret': 'no',
    cookie: 'a=b',
  }
  const answer = await push(doors, key.key ?? '', body, headers)
  assert.is(answer.status, 202)
  const view = jsonOf<ProducedView>(answer)
  assert.is(view.accepted, 1)
  assert.equal(view.events.length, 1)
  const [what, , platform, text, passed] = doors.seen.at(-1) ?? []
  assert.equal([what, platform, text], ['push', 'testtube', body])
  assert.equal(passed, { 'content-type': 'text/plain', 'kick-event-type': 'chat', 'twitch-eventsub-message-id': 'm1' })
})

test('forwards the headers that the workers know of', () => {
  assert.equal(FORWARDED, PUSH_HEADER_PREFIXES)
})

test('takes an account as well as a key, on one condition: its own page', async ({ doors, visitor }) => {
  assert.is((await visitor.call('POST', PATH, [{ a: 1 }])).status, 202)
  const foreign = { cookie: visitor.cookie, origin: 'https://evil.example' }
  assert.is((await ask(doors.port, { method: 'POST', path: PATH, headers: foreign, body: '[]' })).status, 403)
})

test('refuses keys that are wrong, gone or not for this', async ({ doors, visitor }) => {
  for (const key of ['nonsense', `cc_${'A'.repeat(43)}`, '']) {
    const answer = await push(doors, key, '[]')
    assert.is(answer.status, 401, key)
    assert.is(codeOf(answer), 'bad_key')
  }
  const read = jsonOf<KeyView>(await visitor.call('POST', '/api/keys', { name: 'eye', scopes: ['read'] }))
  assert.is(codeOf(await push(doors, read.key ?? '', '[]')), 'wrong_scope')
  await visitor.call('DELETE', `/api/keys/${read.id}`)
  assert.is(codeOf(await push(doors, read.key ?? '', '[]')), 'bad_key')
})

test('takes a body of 1 MiB and not a byte more', async ({ doors, key }) => {
  const limit = 1024 * 1024
  assert.is((await push(doors, key.key ?? '', Buffer.alloc(limit, 0x20))).status, 202)
  const over = await push(doors, key.key ?? '', Buffer.alloc(limit + 1, 0x20))
  assert.is(over.status, 413)
  assert.is(codeOf(over), 'too_large')
  const chunked = await push(doors, key.key ?? '', Buffer.alloc(limit + 1, 0x20), { 'transfer-encoding': 'chunked' })
  assert.is(chunked.status, 413)
})

test('says when to come back while the queue is full', async ({ doors, key }) => {
  doors.failWith(new CrossChatError('queue_full'))
  const answer = await push(doors, key.key ?? '', '[]')
  assert.is(answer.status, 503)
  assert.is(codeOf(answer), 'queue_full')
  assert.ok(Number(answer.headers['retry-after']) >= 1)
})

test('passes on what the line refuses', async ({ doors, key }) => {
  doors.failWith(new CrossChatError('bad_payload', { message: 'Item 3: no message' }))
  assert.match((await push(doors, key.key ?? '', '[]')).text, /Item 3/)
  doors.failWith(new CrossChatError('unknown_platform'))
  assert.is((await push(doors, key.key ?? '', '[]')).status, 404)
})

test('shows the secret of a key once, and remembers when it was used', async ({ visitor, key }) => {
  assert.match(key.key ?? '', /^cc_[\w-]{43}$/)
  const list = await visitor.call('GET', '/api/keys')
  assert.not.ok(list.text.includes(key.key ?? ''))
  const used = jsonOf<{ items: KeyView[] }>(list).items.find(({ id }) => id === key.id)
  assert.type(used?.lastUsedAt, 'number')
})

test.run()
