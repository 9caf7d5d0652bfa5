import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HookKeys } from '../../server/auth/hook-keys.ts'
import { newId } from '../../server/auth/ids.ts'
import { Seal } from '../../server/auth/seal.ts'
import { Vault } from '../../server/auth/vault.ts'
import { Entries, type Entry } from '../../server/entries.ts'
import { CrossChatError } from '../../server/errors.ts'
import type { Ingest, SourceWord } from '../../server/ingest.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import { DEATHS_TO_PAUSE, Sources } from '../../server/sources.ts'
import type { Gap } from '../../server/stores/archive.ts'
import { openStores } from '../../server/stores/index.ts'
import type { Stores } from '../../server/stores/stores.ts'
import type { About } from '../../workers/about.ts'
import type { ToWorker } from '../../workers/control.ts'
import type { Broadcast, SourceReport } from '../../workers/followed.ts'
import { UNRULED } from '../../workers/ruled.ts'
import { ABOUT } from '../help/doors.ts'
import { temporaryData } from '../help/server.ts'

const TESTTUBE: About = {
  ...ABOUT,
  source: {
    label: 'Channel',
    placeholder: 'name',
    fields: [
      { name: 'room', kind: 'text', label: 'Room', hint: '' },
      { name: 'apiKey', kind: 'secret', label: 'Key', hint: '' },
    ],
    hook: 'More comes in.',
    broadcasts: true,
  },
}
const LIVE: SourceReport = {
  state: 'live',
  since: 1,
  error: null,
  retryAt: null,
  lastEventAt: null,
  events: 0,
  way: null,
  quota: null,
}

/** Stands where the worker and its feeder are: writes down what is posted, and names channels as asked. */
class Feeder {
  readonly posted: ToWorker[] = []
  readonly #entries = new Entries()
  readonly platforms = [TESTTUBE]
  /** Answers a name by itself. */
  naming = true
  onBegan = () => {}
  onEnded = (_: number) => {}
  onSource = (_: SourceWord) => {}
  onSuspect = (_: number) => {}

  post(word: ToWorker): void {
    this.posted.push(word)
    if (word.type === 'name' && this.naming) this.answer(word.ask, word.typed.toLowerCase())
  }

  answer(ask: number, name: string): void {
    queueMicrotask(() =>
      this.onSource(name === '???' ? { type: 'unnamed', ask, problem: 'No.' } : { type: 'named', ask, name }),
    )
  }

  open(channelId: string): Entry {
    return this.#entries.get(channelId) ?? this.#entries.open(channelId, UNRULED, [])
  }

  channel(channelId: string): Entry | undefined {
    return this.#entries.get(channelId)
  }

  numbered(number: number): Entry | undefined {
    return this.#entries.numbered(number)
  }

  get follows() {
    return this.posted.flatMap((word) => (word.type === 'follow' ? [word.source] : []))
  }

  get unfollows(): number {
    return this.posted.filter(({ type }) => type === 'unfollow').length
  }
}

interface Context {
  stores: Stores
  feeder: Feeder
  sources: Sources
  metrics: ReturnType<typeof createMetrics>
  gaps: [channelId: string, gap: Gap, after: number][]
  logged: string[]
  channelId: string
  /** Sources of the next process, on the same store. */
  next(): { sources: Sources; feeder: Feeder }
  close(): Promise<void>
}

const test = suite<Context>('sources')
test.before.each(async (context) => {
  const data = await temporaryData()
  const logged: string[] = []
  const log = createLog('trace', { write: (line) => logged.push(line) })
  const stores = await openStores({ driver: 'embedded', dataDir: data.path, log, keepFree: 0 })
  const seal = new Seal([Buffer.alloc(32, 1)])
  const gaps: Context['gaps'] = []
  const all: { sources: Sources; metrics: ReturnType<typeof createMetrics> }[] = []
  const make = () => {
    const feeder = new Feeder()
    const metrics = createMetrics()
    const sources = new Sources({
      store: stores.sources,
      ingest: feeder as unknown as Ingest,
      open: async (channelId) => feeder.open(channelId),
      archivist: { note: (...gap) => gaps.push(gap) },
      vault: new Vault(seal),
      hookKeys: new HookKeys(seal),
      log,
      metrics,
    })
    all.push({ sources, metrics })
    return { sources, feeder, metrics }
  }
  const close = async () => {
    for (const each of all) {
      each.sources.stop()
      each.metrics.close()
    }
    await stores.close()
    await data.remove()
  }
  Object.assign(context, { stores, gaps, logged, channelId: newId(), next: make, close, ...make() })
})
test.after.each(({ close }) => close())

async function codeOf(task: Promise<unknown>): Promise<string> {
  return task.then(
    () => 'it did not fail',
    (error: unknown) => (error instanceof CrossChatError ? error.code : String(error)),
  )
}

/** Tells a report of the source that was followed last. */
function report(feeder: Feeder, change: Partial<SourceReport>): number {
  const source = feeder.follows.at(-1)?.number ?? 0
  feeder.onSource({ type: 'source', source, report: { ...LIVE, ...change } })
  return source
}

const stateOf = (sources: Sources, channelId: string) => sources.list(channelId)[0]?.state

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
  const { stores, channelId } = context
  const feeder = new Feeder()
  const metrics = createMetrics()
  const seal = new Seal([Buffer.alloc(32, 1)])
  let open = (_: Entry) => {}
  const sources = new Sources({
    store: stores.sources,
    ingest: feeder as unknown as Ingest,
    open: () => new Promise((resolve) => (open = resolve)),
    archivist: { note: () => {} },
    vault: new Vault(seal),
    hookKeys: new HookKeys(seal),
    log: createLog('silent'),
    metrics,
  })
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
  sources.stop()
  metrics.close()
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
  assert.equal((await stores.sources.byChannel(channelId))[0]?.facts, {})
  assert.equal(gaps, [])
})

test('keeps what it learnt with the channel it learnt it of', async ({ sources, feeder, next, channelId }) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  const number = report(feeder, {})
  feeder.naming = false
  const set = sources.set(channelId, 'testtube', { channel: 'ONE', room: 'den' })
  while (feeder.posted.at(-1)?.type !== 'name') await new Promise(setImmediate)
  feeder.onSource({ type: 'facts', source: number, facts: { id: '41', title: 'One' } })
  feeder.answer(2, 'one')
  await set
  assert.equal(feeder.follows.at(-1)?.facts, { id: '41', title: 'One' })
  const after = next()
  await after.sources.start({ at: null, away: {} })
  assert.equal(after.feeder.follows[0]?.facts, { id: '41', title: 'One' })
  const moved = sources.set(channelId, 'testtube', { channel: 'two' })
  feeder.answer(3, 'two')
  await moved
  assert.equal(feeder.follows.at(-1)?.facts, {})
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

test('has the next worker follow again, from the last word of the one that died', async ({
  sources,
  feeder,
  channelId,
}) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  report(feeder, { events: 5, lastEventAt: 77 })
  feeder.onEnded(1_000)
  assert.is(stateOf(sources, channelId), 'connecting')
  feeder.onBegan()
  assert.is(feeder.follows.length, 2)
  assert.is(feeder.follows[1]?.leftAt, 1_000)
  report(feeder, { state: 'retry', error: 'refused' })
  feeder.onEnded(2_000)
  feeder.onBegan()
  assert.is(feeder.follows[2]?.leftAt, 1_000, 'it was away all the time')
  report(feeder, { events: 2 })
  const [view] = sources.list(channelId)
  assert.equal([view?.events, view?.lastEventAt], [7, 77], 'counted on over both')
  feeder.onEnded(3_000)
  feeder.onBegan()
  assert.is(feeder.follows[3]?.leftAt, 3_000)
  report(feeder, { state: 'waiting', error: 'no broadcast' })
  feeder.onEnded(4_000)
  feeder.onBegan()
  assert.is(feeder.follows[4]?.leftAt, null, 'nothing was there to miss')
})

test('tells the next process since when each source was away', async ({ sources, feeder, next, channelId }) => {
  const other = newId()
  await sources.set(channelId, 'testtube', { channel: 'one' })
  report(feeder, {})
  await sources.set(other, 'testtube', { channel: 'two' })
  report(feeder, { state: 'waiting', error: 'no broadcast' })
  assert.equal(sources.away(), { [`${other}.testtube`]: null })
  const after = next()
  await after.sources.start({ at: 5_000, away: sources.away() })
  const leftAt = Object.fromEntries(after.feeder.follows.map(({ name, leftAt }) => [name, leftAt]))
  assert.equal(leftAt, { one: 5_000, two: null })
  assert.equal(after.sources.away(), { [`${channelId}.testtube`]: 5_000, [`${other}.testtube`]: null })
})

test('leaves a source alone over which the worker died twice, and goes on when asked', async (context) => {
  const { sources, feeder, metrics, channelId } = context
  await sources.set(channelId, 'testtube', { channel: 'one' })
  for (let death = 0; death < DEATHS_TO_PAUSE; death++) {
    // Connected in between: that says nothing of its payloads.
    const number = report(feeder, {})
    feeder.onEnded(1_000 + death)
    feeder.onSuspect(number)
    feeder.onBegan()
  }
  const [view] = sources.list(channelId)
  assert.is(view?.state, 'attention')
  assert.ok((view?.retryAt ?? 0) > Date.now())
  assert.is(feeder.follows.length, DEATHS_TO_PAUSE, 'the last worker does not follow it')
  assert.match(await metrics.registry.metrics(), /cc_sources\{platform="testtube",state="attention"\} 1/)
  feeder.onEnded(3_000)
  feeder.onBegan()
  assert.equal([stateOf(sources, channelId), feeder.follows.length], ['attention', DEATHS_TO_PAUSE])
  sources.retry(channelId, 'testtube')
  assert.is(stateOf(sources, channelId), 'connecting')
  assert.is(feeder.follows.at(-1)?.leftAt, 1_001, 'from the second death on')
})

test('does not suspect anybody for deaths of others', async ({ sources, feeder, channelId }) => {
  await sources.set(channelId, 'testtube', { channel: 'one' })
  const number = report(feeder, {})
  for (let death = 0; death < 5; death++) {
    feeder.onEnded(1_000)
    feeder.onSuspect(number + 1)
    feeder.onBegan()
    report(feeder, {})
  }
  assert.is(stateOf(sources, channelId), 'live')
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

test('tells news of a broadcast once, keeps it, and forgets it with the channel', async (context) => {
  const { sources, feeder, next, channelId } = context
  const told: Broadcast[] = []
  const channel = feeder.open(channelId).number
  const hear = (broadcast: Broadcast) =>
    feeder.onSource({ type: 'broadcast', channel, platform: 'testtube', broadcast })
  hear({ live: true, at: 1 })
  sources.onBroadcast = (_channel, _platform, news) => told.push(news)
  await sources.set(channelId, 'testtube', { channel: 'one', autoStream: true })
  const on = { live: true, at: Date.now() - 1_000, title: 'Evening' }
  hear(on)
  hear(on)
  hear({ live: false, at: on.at - 60_000 })
  assert.equal(told, [on])
  assert.equal(sources.broadcasts(channelId), [{ platform: 'testtube', live: true }])
  const after = next()
  await after.sources.start({ at: null, away: {} })
  assert.equal(after.sources.broadcasts(channelId), [{ platform: 'testtube', live: true }])
  await sources.set(channelId, 'testtube', { channel: 'two' })
  assert.equal(sources.broadcasts(channelId), [{ platform: 'testtube', live: false }])
  await sources.set(channelId, 'testtube', { enabled: false })
  assert.equal(sources.broadcasts(channelId), [])
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

test('counts sources by state, and forgets those that are gone', async ({ sources, feeder, metrics, channelId }) => {
  const other = newId()
  await sources.set(channelId, 'testtube', { channel: 'one' })
  report(feeder, {})
  await sources.set(other, 'testtube', { channel: 'two' })
  const text = await metrics.registry.metrics()
  assert.match(text, /cc_sources\{platform="testtube",state="live"\} 1/)
  assert.match(text, /cc_sources\{platform="testtube",state="connecting"\} 1/)
  await sources.remove(channelId, 'testtube')
  await sources.set(other, 'testtube', { enabled: false })
  const gone = await metrics.registry.metrics()
  assert.not.match(gone, /cc_sources\{[^}]*\} [^0]/)
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
