import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HookKeys } from '../../../server/auth/hook-keys.ts'
import { Seal } from '../../../server/auth/seal.ts'
import { CrossChatError } from '../../../server/errors.ts'
import {
  ask,
  CHALLENGE,
  codeOf,
  type Doors,
  ENDED,
  FOREIGN,
  jsonOf,
  member,
  openDoors,
  type Visitor,
} from '../../help/doors.ts'

const LIMIT = 256 * 1_024

interface Context {
  doors: Doors
  visitor: Visitor
  channelId: string
  /** The address of the visitor's channel. */
  path: string
}

const test = suite<Context>('routes/hooks')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  const me = jsonOf<{ channel: { id: string } }>(await context.visitor.call('GET', '/api/auth/me'))
  context.channelId = me.channel.id
  context.path = `/hooks/testtube/${context.doors.house.hookKeys.keyOf(me.channel.id, 'testtube')}`
})
test.before.each(({ doors }) => doors.failWith(null))
test.after(async ({ doors }) => doors.close())

test('hands on the bytes as they came, with the headers a platform needs and whose it is', async (context) => {
  const { doors, visitor, channelId, path } = context
  await visitor.call('PUT', '/api/sources/testtube', { channel: 'cool_channel' })
  const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d, 0x0d, 0x0a])
  const headers = {
    'content-type': 'application/json',
    'kick-event-signature': 'abc',
    'twitch-eventsub-message-id': 'm1',
    authorization: 'Basic nothing',
    'x-secret': 'no',
  }
  const answer = await ask(doors.port, { method: 'POST', path, headers, body: bytes })
  assert.equal([answer.status, answer.text], [204, ''])
  const [what, channel, platform, delivery] = doors.seen.at(-1) ?? []
  assert.equal([what, channel, platform], ['hook', channelId, 'testtube'])
  const { bytes: passed, ...rest } = delivery as { bytes: Buffer }
  assert.ok(bytes.equals(passed))
  assert.equal(rest, {
    headers: { 'content-type': 'application/json', 'kick-event-signature': 'abc', 'twitch-eventsub-message-id': 'm1' },
    source: { name: 'cool_channel', options: {}, facts: {} },
  })
})

test('answers a challenge as plain text that no browser takes for a page', async ({ doors, path }) => {
  const answer = await ask(doors.port, { method: 'POST', path, body: CHALLENGE })
  assert.equal([answer.status, answer.text], [200, '<b>challenge</b>'])
  assert.match(answer.headers['content-type'] ?? '', /^text\/plain/)
  assert.is(answer.headers['x-content-type-options'], 'nosniff')
})

test('finds nothing under an address that was not made here for this platform', async ({ doors, channelId, path }) => {
  const { hookKeys } = doors.house
  const before = doors.seen.length
  const foreign = new HookKeys(new Seal([Buffer.alloc(32, 9)])).keyOf(channelId, 'testtube')
  const changed = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`
  const paths = [
    `/hooks/testtube/${foreign}`,
    `/hooks/othertube/${hookKeys.keyOf(channelId, 'testtube')}`,
    changed,
    '/hooks/testtube/short',
    `/hooks/testtube/${'A'.repeat(43)}`,
    `/hooks/testtube/${'A'.repeat(2_000)}`,
    '/hooks/testtube/..%2f..%2fsecret',
    '/hooks/__proto__/constructor',
  ]
  for (const each of paths) {
    const answer = await ask(doors.port, { method: 'POST', path: each, body: '{}' })
    assert.equal([answer.status, codeOf(answer)], [404, 'not_found'], each.slice(0, 80))
  }
  assert.is(doors.seen.length, before)
})

test('takes deliveries by POST alone', async ({ doors, path }) => {
  for (const method of ['GET', 'PUT', 'DELETE'])
    assert.is((await ask(doors.port, { method, path })).status, 405, method)
})

test('takes 256 KiB and not a byte more, and nothing that is packed', async ({ doors, path }) => {
  assert.is((await ask(doors.port, { method: 'POST', path, body: Buffer.alloc(LIMIT, 0x20) })).status, 204)
  for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
    const over = await ask(doors.port, { method: 'POST', path, headers, body: Buffer.alloc(LIMIT + 1, 0x20) })
    assert.equal([over.status, codeOf(over)], [413, 'too_large'])
  }
  const packed = await ask(doors.port, { method: 'POST', path, headers: { 'content-encoding': 'gzip' }, body: '{}' })
  assert.is(packed.status, 415)
})

test('passes on why a delivery was refused, and counts it', async ({ doors, path }) => {
  for (const [code, status] of [
    ['bad_signature', 403],
    ['stale_delivery', 403],
    ['bad_payload', 400],
    ['queue_full', 503],
  ] as const) {
    doors.failWith(new CrossChatError(code))
    const answer = await ask(doors.port, { method: 'POST', path, body: '{}' })
    assert.equal([answer.status, codeOf(answer)], [status, code])
  }
  doors.failWith(null)
  assert.is((await ask(doors.port, { method: 'POST', path, body: FOREIGN })).status, 204)
  const counted = await doors.house.metrics.registry.metrics()
  assert.match(counted, /cc_webhook_total\{platform="testtube",result="bad_signature"\} 1/)
  assert.match(counted, /cc_webhook_total\{platform="testtube",result="too_large"\} 2/)
  assert.match(counted, /cc_webhook_total\{platform="testtube",result="ok"\} \d/)
  assert.match(counted, /cc_webhook_total\{platform="testtube",result="foreign"\} 1/)
  assert.not.match(counted, /othertube|__proto__/, 'no label of a stranger’s making')
})

test('warns in the log when a platform ends a subscription, and says yes to it', async ({ doors, path, channelId }) => {
  assert.is((await ask(doors.port, { method: 'POST', path, body: '{}' })).status, 204)
  assert.not.match(doors.logged(), 'ended a subscription')
  assert.is((await ask(doors.port, { method: 'POST', path, body: ENDED })).status, 204)
  const [line = ''] = doors.logged().match(/.*ended a subscription.*/) ?? []
  assert.match(line, '"level":"warn"')
  assert.match(line, 'No more follows: the app was removed.')
  assert.match(line, channelId)
})

test('is no way in for another site’s page, nor one for a cookie', async ({ doors, visitor, path }) => {
  const post = (headers: Record<string, string>) => ask(doors.port, { method: 'POST', path, headers, body: '{}' })
  assert.is((await post({ origin: 'https://evil.example' })).status, 403)
  assert.is((await post({ cookie: visitor.cookie })).status, 403)
  assert.is((await post({})).status, 204, 'platforms send neither')
})

test('writes no key into the log', async ({ doors, path }) => {
  doors.failWith(new Error('a flaw of ours'))
  assert.is((await ask(doors.port, { method: 'POST', path, body: '{}' })).status, 500)
  doors.failWith(new CrossChatError('bad_signature'))
  await ask(doors.port, { method: 'POST', path, body: '{}' })
  assert.match(doors.logged(), /a flaw of ours/)
  assert.not.match(doors.logged(), new RegExp(path.split('/').at(-1) ?? 'none'))
})

test.run()
