import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Archivist } from '../../server/archivist.ts'
import { Entries, type Entry } from '../../server/entries.ts'
import { CrossChatError } from '../../server/errors.ts'
import type { Line } from '../../server/line.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import { openStores } from '../../server/stores/index.ts'
import type { Stores } from '../../server/stores/stores.ts'
import { LiveStreams } from '../../server/streams.ts'
import { UNRULED } from '../../workers/ruled.ts'
import { temporaryData } from '../help/server.ts'
import { message, sliceOf } from './channels/events.ts'

interface Ground {
  stores: Stores
  archivist: Archivist
  /** The channel as the line has it. */
  entry: Entry
  /** What happens while it is opened. */
  opened(): Promise<void>
  /** What happens to an event of the house's own. */
  said(): Promise<void>
  /** What happens where it is kept what the channel has shown. */
  kept(): Promise<void>
  open(): LiveStreams
  remove(): Promise<void>
}

const test = suite<Ground>('streams')
const CHANNEL = 'c'
const log = createLog('silent')

test.before.each(async (context) => {
  const { path, remove } = await temporaryData()
  const metrics = createMetrics()
  metrics.close()
  const stores = await openStores({ driver: 'embedded', dataDir: path, log, keepFree: 0 })
  const archivist = new Archivist(stores.archive, log, metrics)
  /** A line that is there and takes everything. */
  const line = {
    async open() {
      await context.opened()
      return context.entry
    },
    async event() {
      await context.said()
      return { accepted: [], duplicates: 0, ignored: [], archived: true }
    },
    keepShown: () => context.kept(),
  } as unknown as Line
  const open = () => new LiveStreams(stores, archivist, line)
  const entry = new Entries().open(CHANNEL, UNRULED, [])
  const nothing = async () => {}
  Object.assign(context, { stores, archivist, entry, opened: nothing, said: nothing, kept: nothing, open, remove })
})
test.after.each(async ({ stores, remove }) => {
  await stores.close()
  await remove()
})

const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => null,
    (error: CrossChatError) => error.code,
  )

test('of a begin that failed nothing keeps the channel from its next stream', async ({ stores, open }) => {
  const streams = open()
  const { insert } = stores.streams
  stores.streams.insert = async (stream) => {
    await insert(stream)
    throw new CrossChatError('storage_failed')
  }
  assert.is(await codeOf(streams.start(CHANNEL, 'One')), 'storage_failed')
  stores.streams.insert = insert
  const { id } = await streams.start(CHANNEL, 'Two')
  assert.is(streams.state(CHANNEL).id, id)
  assert.is((await stores.streams.liveOf(CHANNEL))?.id, id)
  const { items } = await stores.streams.page(CHANNEL, 10, null)
  assert.equal(items.map(({ title, endedAt }) => [title, endedAt === null]).sort(), [
    ['One', false],
    ['Two', true],
  ])
})

test('goes on with the others after a start where one transcript cannot be read', async ({ stores, open }) => {
  const running = await open().start(CHANNEL, 'One')
  await stores.streams.insert({ ...running, id: 'torn', channelId: 'elsewhere' })
  const { open: read } = stores.archive
  stores.archive.open = async (id, fence) => {
    if (id === 'torn') throw new CrossChatError('storage_failed')
    return read.call(stores.archive, id, fence)
  }
  const streams = open()
  const lost: string[] = []
  streams.onLost = ({ id }) => void lost.push(id)
  await streams.resume()
  stores.archive.open = read
  assert.equal([lost, streams.state(CHANNEL).live, streams.state('elsewhere').live], [['torn'], true, false])
})

test('keeps what comes of a channel that was closed while its stream began, since nobody listened', async (context) => {
  const { stores, archivist, open } = context
  const { insert } = stores.streams
  stores.streams.insert = async (stream) => {
    await insert(stream)
    context.entry = new Entries().open(CHANNEL, UNRULED, [])
  }
  await open().start(CHANNEL, 'One')
  archivist.take({ ...sliceOf([message(1)], CHANNEL), epoch: context.entry.epoch })
  assert.is(await archivist.archived(CHANNEL, 1, 1), true)
})

test('does not begin a stream beside one that comes with its channel from another server', async (context) => {
  const { stores, open } = context
  const before = await open().start(CHANNEL, 'One')
  const streams = open()
  context.opened = async () => {
    const found = await streams.before(CHANNEL)
    assert.is(found?.stream.id, before.id)
    if (found !== null) streams.goOn(found, new Entries().open(CHANNEL, UNRULED, []))
  }
  assert.is(await codeOf(streams.start(CHANNEL, 'Two')), 'stream_live')
  assert.equal(
    (await stores.streams.live()).map(({ id }) => id),
    [before.id],
  )
})

test('begins with an empty picture also where the channel’s own flood leaves no room for that at first', async (context) => {
  let tries = 0
  context.said = async () => {
    if (++tries < 3) throw new CrossChatError('queue_full')
  }
  const { id } = await context.open().start(CHANNEL, 'A full line')
  assert.is(tries, 3)
  assert.is((await context.stores.streams.liveOf(CHANNEL))?.id, id)
})

test('is ended by whoever saw it run before all of its begin was done', async (context) => {
  const streams = context.open()
  const saying = new Promise<() => void>((resolve) => {
    context.said = () => new Promise((said) => resolve(said))
  })
  const begun = streams.start(CHANNEL, 'Seen early')
  const said = await saying
  assert.is(streams.state(CHANNEL).live, true)
  const ended = streams.end(CHANNEL, false)
  said()
  const { id } = await begun
  assert.is((await ended).id, id)
  assert.is(await codeOf(streams.end(CHANNEL, false)), 'no_stream')
})

test('runs, and is told of, also where the picture could not be emptied', async (context) => {
  context.said = async () => {
    throw new CrossChatError('stopping')
  }
  const streams = context.open()
  const told: string[] = []
  streams.onChange = (channelId) => told.push(channelId)
  assert.is(await codeOf(streams.start(CHANNEL, 'A full line')), 'stopping')
  assert.equal(told, [CHANNEL])
  assert.is(streams.state(CHANNEL).live, true)
  assert.is((await streams.end(CHANNEL, false)).title, 'A full line')
})

test('ends only once it is kept elsewhere what was shown in it: a server that is killed then asks its file no more', async (context) => {
  const { stores, open } = context
  const streams = open()
  const live: boolean[] = []
  context.kept = async () => void live.push((await stores.streams.liveOf(CHANNEL)) !== null)
  await streams.start(CHANNEL, 'One')
  assert.equal(live, [])
  await streams.end(CHANNEL, false)
  assert.equal(live, [true])
})

test.run()
