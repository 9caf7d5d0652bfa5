import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import { monotonic } from '../workers/queue/layout.ts'
import type { EngineView, Spread } from './api/engine.ts'
import { bucketFor, LATENCY_SCALE, LOCK_SCALE, percentile, type Scale, sumOf } from './histogram.ts'
import type { EngineDoor } from './house.ts'
import { type Delay, LoopDelay } from './loop-delay.ts'
import type { Metrics } from './metrics.ts'
import { NOTHING_COUNTED, type Queue, QueueTotals, type Totals } from './queue-totals.ts'
import type { Slice } from './slice.ts'

const MEASURE_EVERY_MS = 250
/** Rates, shares and percentiles are of so many measurements: one second. */
const WINDOW = 4
const QUANTILES = [
  ['p50', '0.5'],
  ['p99', '0.99'],
] as const

/** What the engine asks of the parts it measures; each answer is at hand and costs nothing to give. */
export interface EngineSources {
  /** Of the worker's life right now; null between two lives. */
  queue(): Queue | null
  /** How much that life's thread has worked so far; null between two lives. */
  thread(): EventLoopUtilization | null
  /** Takes of the main thread so far, and the most that lay in the ring since last asked. */
  drained(): { takes: number; deepest: number }
  worker(): Pick<EngineView['worker'], 'ready' | 'restarts' | 'held' | 'pending' | 'channels'>
  archiveQueue(): number
  sockets(): number
}

/** One look at everything that counts up, and what was deepest since the look before. */
interface Measured {
  /** ms, on a clock that never jumps. */
  when: number
  totals: Totals
  takes: number
  deepest: number
  latency: readonly number[]
  main: EventLoopUtilization
  thread: EventLoopUtilization | null
}

/** Measures the line four times a second, for `/metrics` and for whoever looks into the engine room. */
export class Engine implements EngineDoor {
  readonly #sources: EngineSources
  readonly #metrics: Metrics
  readonly #totals = new QueueTotals()
  readonly #loop = new LoopDelay()
  readonly #latency = Array.from({ length: LATENCY_SCALE.buckets }, () => 0)
  readonly #timer: NodeJS.Timeout
  /** Oldest first, at most WINDOW + 1. */
  #window: [Measured, ...Measured[]]
  #turns = 0
  #delay: Delay = { p50: 0, p99: 0, max: 0 }
  #at = Date.now()

  constructor(sources: EngineSources, metrics: Metrics) {
    this.#sources = sources
    this.#metrics = metrics
    this.#window = [this.#look(NOTHING_COUNTED)]
    this.#timer = setInterval(() => this.measure(), MEASURE_EVERY_MS).unref()
  }

  close(): void {
    clearInterval(this.#timer)
    this.#loop.close()
  }

  /** A slice was handed to all sockets of its channel. */
  handed(slice: Slice): void {
    const first = slice.events[0]
    if (first === undefined) return
    const bucket = bucketFor(LATENCY_SCALE, (monotonic() - first.at) * 1_000)
    this.#latency[bucket] = (this.#latency[bucket] ?? 0) + 1
  }

  /** By its own timer; here for tests. */
  measure(): void {
    const before = this.#newest
    this.#window.push(this.#look(this.#totals.read(this.#sources.queue())))
    if (this.#window.length > WINDOW + 1) this.#window.shift()
    this.#at = Date.now()
    if (++this.#turns % WINDOW === 0) this.#delay = this.#loop.turn()
    this.#tell(before, this.#newest)
  }

  look(): EngineView {
    const [oldest] = this.#window
    const newest = this.#newest
    const over = Math.max(1, newest.when - oldest.when)
    const grown = counts(oldest.totals, newest.totals)
    const perSecond = (count: number) => (count * 1_000) / over
    return {
      at: this.#at,
      over,
      ring: {
        ...this.#ring(),
        deepest: Math.max(...this.#window.slice(1).map(({ deepest }) => deepest), 0),
        recordsPerSecond: perSecond(grown.records),
        bytesPerSecond: perSecond(grown.bytes),
        records: newest.totals.records,
        bytes: newest.totals.bytes,
      },
      lock: {
        holdsPerSecond: perSecond(grown.holds),
        contended: shareOf(grown.contended, grown.holds - (newest.takes - oldest.takes)),
        backoffsPerSecond: perSecond(grown.backoffs),
        busy: shareOf(sumOf(LOCK_SCALE, grown.heldFor), over * 1_000),
        held: spread(LOCK_SCALE, grown.heldFor),
        waited: spread(LOCK_SCALE, grown.waitedFor),
        overdue: this.#totals.last?.overdueMs ?? 0,
        recoveries: newest.totals.recoveries,
      },
      worker: { ...this.#sources.worker(), busy: busy(oldest.thread, newest.thread) },
      loop: { busy: busy(oldest.main, newest.main), wakeupsPerSecond: perSecond(grown.rings), ...this.#delay },
      latency: spread(LATENCY_SCALE, subtract(oldest.latency, newest.latency)),
      archiveQueue: this.#sources.archiveQueue(),
      sockets: this.#sources.sockets(),
    }
  }

  get #newest(): Measured {
    return this.#window.at(-1) ?? this.#window[0]
  }

  #look(totals: Totals): Measured {
    const { takes, deepest } = this.#sources.drained()
    const main = performance.eventLoopUtilization()
    const thread = this.#sources.thread()
    return { when: performance.now(), totals, takes, deepest, latency: [...this.#latency], main, thread }
  }

  #ring(): Pick<EngineView['ring'], 'capacity' | 'head' | 'tail' | 'depth'> {
    const { capacity = 0, head = 0, tail = 0, depth = 0 } = this.#totals.last ?? {}
    return { capacity, head, tail, depth }
  }

  /** Into the metrics: counters by what they have grown, gauges as they stand. */
  #tell(before: Measured, now: Measured): void {
    const metrics = this.#metrics
    const grown = counts(before.totals, now.totals)
    metrics.ringRecordsTotal.inc(grown.records)
    metrics.ringBytesTotal.inc(grown.bytes)
    metrics.lockHoldsTotal.inc(grown.holds)
    metrics.lockContendedTotal.inc(grown.contended)
    metrics.lockBackoffsTotal.inc(grown.backoffs)
    metrics.lockRecoveriesTotal.inc(grown.recoveries)
    metrics.wakeupsTotal.inc(grown.rings)
    if (this.#turns % WINDOW === 0) this.#tellGauges()
  }

  #tellGauges(): void {
    const { ring, lock, worker, sockets } = this.look()
    this.#metrics.ringFillRatio.set(shareOf(ring.depth, ring.capacity))
    this.#metrics.held.set(worker.held)
    this.#metrics.pendingJobs.set(worker.pending)
    this.#metrics.sockets.set(sockets)
    for (const [name, quantile] of QUANTILES) {
      this.#metrics.lockHoldSeconds.set({ quantile }, (lock.held[name] ?? 0) / 1e6)
      this.#metrics.lockWaitSeconds.set({ quantile }, (lock.waited[name] ?? 0) / 1e6)
    }
  }
}

/** What was counted between two looks. */
function counts(before: Totals, now: Totals): Totals {
  return {
    records: now.records - before.records,
    bytes: now.bytes - before.bytes,
    holds: now.holds - before.holds,
    contended: now.contended - before.contended,
    backoffs: now.backoffs - before.backoffs,
    rings: now.rings - before.rings,
    recoveries: now.recoveries - before.recoveries,
    heldFor: subtract(before.heldFor, now.heldFor),
    waitedFor: subtract(before.waitedFor, now.waitedFor),
  }
}

function subtract(before: readonly number[], now: readonly number[]): number[] {
  return now.map((count, i) => count - (before[i] ?? 0))
}

function spread(scale: Scale, counted: readonly number[]): Spread {
  return { p50: percentile(scale, counted, 0.5), p99: percentile(scale, counted, 0.99) }
}

/** 0 to 1. */
function shareOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole))
}

/** Share of the time in which a loop worked. A thread that has begun since then counts from its beginning. */
function busy(before: EventLoopUtilization | null, now: EventLoopUtilization | null): number {
  if (now === null) return 0
  const same = before !== null && now.active >= before.active && now.idle >= before.idle
  const active = now.active - (same ? before.active : 0)
  return shareOf(active, active + now.idle - (same ? before.idle : 0))
}
