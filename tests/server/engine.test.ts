import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Engine, type EngineSources } from '../../server/engine.ts'
import { createMetrics, type Metrics } from '../../server/metrics.ts'
import type { Queue } from '../../server/queue-totals.ts'
import type { Slice } from '../../server/slice.ts'
import { allocateQueue, monotonic } from '../../workers/queue/layout.ts'
import { QueueReader } from '../../workers/queue/reader.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'
import { joined, madeRecord } from '../help/records.ts'

interface Context {
  metrics: Metrics
  engine: Engine
  /** What the engine is told. */
  told: { queue: Queue | null; takes: number; deepest: number }
}
const test = suite<Context>('server/engine')

test.before.each((context) => {
  context.metrics = createMetrics()
  context.told = { queue: null, takes: 0, deepest: 0 }
  context.engine = new Engine(sources(context.told), context.metrics)
})
test.after.each(({ engine, metrics }) => {
  engine.close()
  metrics.close()
})

function sources(told: Context['told']): EngineSources {
  return {
    queue: () => told.queue,
    thread: () => null,
    drained: () => ({ takes: told.takes, deepest: told.deepest }),
    worker: () => ({ ready: true, restarts: 2, held: 64, pending: 3, channels: 1 }),
    archiveQueue: () => 5,
    sockets: () => 4,
  }
}

/** One life of the queue, with somebody who writes into it and takes from it. */
function life() {
  const memory = allocateQueue(4_096)
  const [writer, reader] = [new QueueWriter(memory, 1), new QueueReader(memory, 2)]
  const write = (count: number) => {
    const records = joined(Array.from({ length: count }, (_, i) => madeRecord(i + 1, 40)))
    writer.write(records, 0, records.length)
    return records.length
  }
  return { reader, write }
}

async function counted(metrics: Metrics, name: string): Promise<number> {
  const found = (await metrics.registry.metrics()).match(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm'))
  return Number(found?.[1])
}

const sliceAt = (at: number) =>
  ({
    channelId: 'c',
    epoch: 'e',
    frame: { text: Buffer.of(), wire: Buffer.of() },
    events: [{ at }],
  }) as unknown as Slice

test('shows where head and tail stand and what lies between them', ({ engine, told }) => {
  const { reader, write } = life()
  told.queue = reader
  const first = write(2)
  reader.take()
  const second = write(3)
  engine.measure()
  const { ring } = engine.look()
  assert.is(ring.capacity, 4_096)
  assert.is(ring.head, first)
  assert.is(ring.tail, first + second)
  assert.is(ring.depth, second)
  assert.is(ring.records, 5)
  assert.ok(ring.recordsPerSecond > 0)
})

test('gives the deepest of the window, also when the ring is empty by now', ({ engine, told }) => {
  told.deepest = 900
  engine.measure()
  told.deepest = 0
  engine.measure()
  assert.is(engine.look().ring.deepest, 900)
  for (let i = 0; i < 3; i++) engine.measure()
  assert.is(engine.look().ring.deepest, 0)
})

test('leaves the takes of the main thread out of the worker’s share of contention', ({ engine, told }) => {
  const figures = { ...life().reader.figures(), holds: 0, contended: 0 }
  told.queue = { figures: () => ({ ...figures }) }
  engine.measure()
  figures.holds = 100
  figures.contended = 10
  told.takes = 60
  engine.measure()
  assert.is(engine.look().lock.contended, 10 / 40)
})

test('forgets what was counted before the window', ({ engine, told }) => {
  const { reader, write } = life()
  told.queue = reader
  write(2)
  engine.measure()
  assert.ok(engine.look().lock.held.p50 !== null)
  for (let i = 0; i < 4; i++) engine.measure()
  const { lock, ring } = engine.look()
  assert.is(lock.held.p50, null)
  assert.is(lock.holdsPerSecond, 0)
  assert.is(ring.recordsPerSecond, 0)
  assert.is(ring.records, 2)
})

test('measures the way from publishing to the sockets', ({ engine }) => {
  assert.equal(engine.look().latency, { p50: null, p99: null })
  for (let i = 0; i < 9; i++) engine.handed(sliceAt(monotonic() - 2))
  engine.handed(sliceAt(monotonic() - 500))
  engine.measure()
  const { p50, p99 } = engine.look().latency
  assert.ok(p50 !== null && p50 >= 1_600 && p50 < 100_000, `p50 ${p50} µs`)
  assert.ok(p99 !== null && p99 >= 400_000, `p99 ${p99} µs`)
})

test('counts in the metrics over all lives', async ({ engine, metrics, told }) => {
  const [first, second] = [life(), life()]
  told.queue = first.reader
  first.write(2)
  engine.measure()
  first.write(1)
  told.queue = second.reader
  second.write(4)
  engine.measure()
  assert.is(await counted(metrics, 'cc_ring_records_total'), 7)
  assert.is(await counted(metrics, 'cc_lock_holds_total'), 3)
  assert.ok((await counted(metrics, 'cc_ring_bytes_total')) > 0)
})

test('sets the gauges once a second', async ({ engine, metrics, told }) => {
  const { reader, write } = life()
  told.queue = reader
  const bytes = write(3)
  for (let i = 0; i < 4; i++) engine.measure()
  assert.is(await counted(metrics, 'cc_ring_fill_ratio'), bytes / 4_096)
  assert.is(await counted(metrics, 'cc_held'), 64)
  assert.is(await counted(metrics, 'cc_pending_jobs'), 3)
  assert.is(await counted(metrics, 'cc_sockets'), 4)
  assert.ok((await counted(metrics, 'cc_lock_hold_seconds')) > 0)
})

test('says how the line stands', ({ engine }) => {
  const { worker, archiveQueue, sockets, at, over } = engine.look()
  assert.equal(worker, { ready: true, restarts: 2, held: 64, pending: 3, channels: 1, busy: 0 })
  assert.equal([archiveQueue, sockets], [5, 4])
  assert.ok(Date.now() - at < 60_000)
  assert.ok(over > 0)
})

test.run()
