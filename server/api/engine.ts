import type { OfNode } from './instance.ts'

/** Half of what was counted did not exceed `p50`, 99 % not `p99`. Null when nothing was counted. */
export interface Spread {
  p50: number | null
  p99: number | null
}

/** How the line from the worker to the sockets runs. Bytes where nothing else is said. */
export interface EngineView extends OfNode {
  /** When this was measured, ms. Two answers with the same `at` are the same measurement. */
  at: number
  /** The time up to `at` that rates, shares and percentiles are of, ms. */
  over: number
  ring: {
    capacity: number
    /** Where in the ring the main thread takes next, and where the worker writes next. */
    head: number
    tail: number
    /** Written and not taken yet, and the most of it within `over`. */
    depth: number
    deepest: number
    recordsPerSecond: number
    bytesPerSecond: number
    /** Since the start of the process, over all lives of the worker. */
    records: number
    bytes: number
  }
  lock: {
    /** Takes by both threads. */
    holdsPerSecond: number
    /** Share of the worker's takes that found it held, 0 to 1. */
    contended: number
    /** Sleeps of the worker while it waited. */
    backoffsPerSecond: number
    /** Share of the time in which it was held, 0 to 1; an estimate from the histogram. */
    busy: number
    /** µs. */
    held: Spread
    waited: Spread
    /** How long it is held past its lease, ms; anything but 0 makes the holder suspect. */
    overdue: number
    /** Times it was taken over from a dead thread. */
    recoveries: number
  }
  worker: {
    ready: boolean
    restarts: number
    /** Share of the time in which the thread worked, 0 to 1. */
    busy: number
    held: number
    /** Jobs handed over and not yet acknowledged. */
    pending: number
    /** Channels open on the line. */
    channels: number
  }
  loop: {
    busy: number
    wakeupsPerSecond: number
    /** Delay of the main thread's timers, ms. */
    p50: number
    p99: number
    max: number
  }
  /** From the worker's publishing to the sockets, µs; of the first event of each batch. */
  latency: Spread
  /** Events waiting for the disk. */
  archiveQueue: number
  sockets: number
}
