import * as assert from 'uvu/assert'
import { newId } from '../../server/auth/ids.ts'
import type { Entry } from '../../server/entries.ts'
import { CrossChatError } from '../../server/errors.ts'
import { LIVE, report, sourcesSuite, stateOf } from './feeder.ts'

const test = sourcesSuite('sources')

async function codeOf(task: Promise<unknown>): Promise<string> {
  return task.then(
    () => 'it did not fail',
    (error: unknown) => (error instanceof CrossChatError ? error.code : String(error)),
  )
}

test('follows what was typed under the platform’s own name, and says how it is', async (context) => {
  const { sources, feeder, stores, channelId } = context
  let changes = 0
  sources.onChange = () => changes++
  const view = await sources.set(channelId, 'testtube', {
    channel: 'Cool_Channel',
    room: 'den',
    apiKey: 'secret key here',
  })
  assert.equal([view.channel, view.state, view.enabled], ['cool_channel', 'connecting', true])
  assert.match(view.hook ?? '', /^\/hooks\/testtube\/[\w-]{43}$/)
  const [order] = feeder.follows
  assert.equal(order?.options, { room: 'den', apiKey: 'secret key here' })
  assert.equal([order?.name, order?.leftAt], ['cool_channel', null])
  report(feeder, { events: 3, lastEventAt: 9 })
  assert.equal([sources.list(channelId)[0]?.state, sources.list(channelId)[0]?.events], ['live', 3])
  assert.ok(changes >= 2)
  const [kept] = await stores.sources.byChannel(channelId)
  assert.is(kept?.name, 'cool_channel')
  assert.not.match(JSON.stringify(kept), /secret key here/)
  assert.not.match(context.logged.join(''), /secret key here/)
})

test('refuses names, platforms and options that are none, and changes nothing', async ({
  sources,
  feeder,
  channelId,
}) => {
  assert.is(await codeOf(sources.set(channelId, 'testtube', { channel: '???' })), 'bad_name')
  assert.is(await codeOf(sources.set(channelId, 'nowhere', { channel: 'a' })), 'unknown_platform')
  assert.is(await codeOf(sources.set(channelId, 'testtube', { channel: 'a', volume: 'x' })), 'bad_request')
  assert.is(await codeOf(sources.set(channelId, 'testtube', { enabled: true })), 'bad_request')
  assert.is(await codeOf(sources.remove(channelId, 'testtube')), 'not_found')
  assert.throws(
    () => sources.retry(channelId, 'testtube'),
    (error: CrossChatError) => error.code === 'not_found',
  )
  assert.equal([feeder.follows, sources.follows(channelId)], [[], false])
})

test('leaves the connection alone when nothing of it changes', async ({ sources, feeder, channelId }) => {
  await sources.set(channelId, 'testtube', { channel: 'one', apiKey: 'a secret key' })
  report(feeder, {})
  await sources.set(channelId, 'testtube', { autoStream: true })
  await sources.set(channelId, 'testtube', { channel: 'ONE' })
  assert.equal([feeder.follows.length, feeder.unfollows, stateOf(sources, channelId)], [1, 0, 'live'])
  assert.equal(sources.broadcasts(channelId), [{ platform: 'testtube', live: false }])
  await sources.set(channelId, 'testtube', { room: 'den' })
  assert.equal([feeder.follows.length, feeder.unfollows], [2, 1])
})

test('makes two changes at once one after the other, and loses neither', async ({
  sources,
  feeder,
  stores,
  channelId,
}) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  await Promise.all([
    sources.set(channelId, 'testtube', { channel: 'two' }),
    sources.set(channelId, 'testtube', { autoStream: true }),
    sources.set(channelId, 'testtube', { room: 'den' }),
  ])
  const [kept] = await stores.sources.byChannel(channelId)
  assert.equal([kept?.name, kept?.autoStream, kept?.options], ['two', true, { room: 'den' }])
  assert.equal([feeder.follows.at(-1)?.name, feeder.follows.at(-1)?.options], ['two', { room: 'den' }])
  assert.is(feeder.follows.length - feeder.unfollows, 1, 'one is followed')
})

test('follows nothing that is taken away while its name is asked for', async ({
  sources,
  feeder,
  stores,
  channelId,
}) => {
  feeder.naming = false
  const set = sources.set(channelId, 'testtube', { channel: 'one' })
  const removed = sources.remove(channelId, 'testtube')
  while (feeder.posted.length === 0) await new Promise(setImmediate)
  feeder.answer(1, 'one')
  await Promise.all([set, removed])
  assert.equal([sources.follows(channelId), await stores.sources.byChannel(channelId)], [false, []])
  assert.is(feeder.follows.length, feeder.unfollows)
})

test('follows nothing that is let go while its channel is being opened, and once what stays', async (context) => {
  const { channelId } = context
  let open = (_: Entry) => {}
  const { sources, feeder } = context.next(() => new Promise((resolve) => (open = resolve)))
  const set = sources.set(channelId, 'testtube', { channel: 'one' })
  while (!sources.follows(channelId)) await new Promise(setImmediate)
  feeder.onEnded(Date.now())
  feeder.onBegan()
  assert.equal(feeder.follows, [], 'its channel is not there yet')
  open(feeder.open(channelId))
  await set
  assert.is(feeder.follows.length, 1)
  const again = context.next()
  again.feeder.open(channelId)
  const starting = again.sources.start({ at: null, away: {} })
  while (!again.sources.follows(channelId)) await new Promise(setImmediate)
  const removed = again.sources.remove(channelId, 'testtube')
  await Promise.all([starting, removed])
  assert.is(again.feeder.follows.length, again.feeder.unfollows)
})

test('hears nothing of what it followed before', async ({ sources, feeder, stores, gaps, channelId }) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  const old = report(feeder, {})
  await sources.set(channelId, 'testtube', { channel: 'two' })
  feeder.onSource({ type: 'source', source: old, report: { ...LIVE, state: 'attention', error: 'of the old one' } })
  feeder.onSource({ type: 'facts', source: old, facts: { id: 'of the old one' } })
  feeder.onSource({ type: 'gap', source: old, from: 1, to: 2, after: 0 })
  await new Promise(setImmediate)
  assert.is(stateOf(sources, channelId), 'connecting')
  assert.equal(sources.followed(channelId, 'testtube'), { name: 'two', options: {}, facts: {} })
  report(feeder, {})
  assert.is(sources.followed(channelId, 'testtube')?.heard, true)
  assert.equal((await stores.sources.byChannel(channelId))[0]?.facts, {})
  assert.equal(gaps, [])
})

test('hands on since when a source was left, and nothing of a channel that was followed before', async (context) => {
  const { sources, feeder, channelId } = context
  await sources.set(channelId, 'testtube', { channel: 'one' })
  report(feeder, {})
  const before = Date.now()
  await sources.set(channelId, 'testtube', { room: 'den' })
  assert.ok((feeder.follows.at(-1)?.leftAt ?? 0) >= before, 'the same channel, connected anew')
  report(feeder, {})
  await sources.set(channelId, 'testtube', { enabled: false })
  await sources.set(channelId, 'testtube', { enabled: true })
  assert.is(feeder.follows.at(-1)?.leftAt, null, 'what is off misses nothing')
  report(feeder, {})
  await sources.set(channelId, 'testtube', { channel: 'two' })
  assert.is(feeder.follows.at(-1)?.leftAt, null)
})

test('notes a gap behind the last event before it', async ({ sources, feeder, gaps, channelId }) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  const source = report(feeder, {})
  const entry = feeder.open(channelId)
  feeder.onSource({ type: 'gap', source, from: 10_000, to: 25_400, after: 3 })
  await new Promise(setImmediate)
  assert.equal(gaps, [], 'what stands before it is still on its way')
  entry.seq = 3
  for (const waiter of entry.waiting) waiter.resolve()
  await new Promise(setImmediate)
  assert.equal(gaps, [
    [
      channelId,
      {
        kind: 'gap',
        count: 0,
        at: 10_000,
        until: 25_400,
        platform: 'testtube',
        reason: 'Testtube was not connected for 15 s; what was written there meanwhile is missing',
      },
      3,
    ],
  ])
})

test('keeps to the own channel, also for signed deliveries', async ({ sources, channelId }) => {
  const other = newId()
  await sources.set(channelId, 'testtube', { channel: 'one', room: 'den' })
  assert.equal([sources.list(other)[0]?.channel, sources.follows(other)], [null, false])
  assert.is(sources.followed(other, 'testtube'), null)
  assert.is(await codeOf(sources.remove(other, 'testtube')), 'not_found')
  assert.equal(sources.followed(channelId, 'testtube'), { name: 'one', options: { room: 'den' }, facts: {} })
  await sources.set(channelId, 'testtube', { enabled: false })
  assert.is(sources.followed(channelId, 'testtube'), null, 'what is off takes no deliveries')
  await sources.remove(channelId, 'testtube')
  assert.is(sources.list(channelId)[0]?.channel, null)
})

test('starts although one of many cannot be followed', async ({ stores, channelId, next }) => {
  const source = {
    channelId,
    platform: 'testtube',
    enabled: true,
    autoStream: false,
    options: {},
    secrets: {},
    facts: {},
  }
  await stores.sources.put({ ...source, name: 'one', broadcast: null, createdAt: 1 })
  const lost = newId()
  await stores.sources.put({ ...source, channelId: lost, name: 'lost', broadcast: null, createdAt: 1 })
  const { sources, feeder } = next()
  const { open } = feeder
  feeder.open = (id) => {
    if (id === lost) throw new CrossChatError('not_found')
    return open.call(feeder, id)
  }
  await sources.start({ at: null, away: {} })
  assert.equal(
    feeder.follows.map(({ name }) => name),
    ['one'],
  )
})

test('lets nobody wait for a name when the process ends', async ({ sources, feeder, channelId }) => {
  feeder.naming = false
  const set = codeOf(sources.set(channelId, 'testtube', { channel: 'one' }))
  while (feeder.posted.length === 0) await new Promise(setImmediate)
  sources.stop()
  assert.is(await set, 'stopping')
  assert.is(await codeOf(sources.set(channelId, 'testtube', { channel: 'one' })), 'stopping')
})

test.run()
