/**
 * The shared memory of one queue: head words, then a ring of bytes. Memory is one thing, a view on it another:
 * `allocateQueue` makes the memory, `QueueWriter` and `QueueReader` look at it and cannot change role.
 *
 *      line 0          line 1       line 2       line 3             line 4          line 7 …
 *   ┌───────────────┬────────────┬────────────┬──────────────────┬───────────────┬──────────────────────────┐
 *   │ LOCK  LEASE   │ TAIL       │ HEAD       │ BELL  SLEEPING   │ JOB  counters │ ring: records, end to end│
 *   │ GENERATION    │ (writer's) │ (reader's) │                  │               │ a record may wrap around  │
 *   └───────────────┴────────────┴────────────┴──────────────────┴───────────────┴──────────────────────────┘
 *   Lines 5 and 6 hold two histograms, how long the lock was held and waited for; the ring follows.
 *
 * A line is 64 bytes, one cache line: writer and reader do not pull the same line from each other.
 * TAIL and HEAD count bytes ever written and ever taken, modulo 2^32; their difference is what lies in the ring.
 */
const LINE = 16

/** Indices into the Int32 head words. */
export const WORD = {
  /** 0 = free, else the owner's id with the bits below. */
  lock: 0,
  /** When the holder's lease runs out, in ms of `leaseClock`. Raises suspicion, never takes the lock away. */
  lease: 1,
  /** How often a lock was taken over from a dead owner. */
  generation: 2,
  /** Bytes published. Stored only after the records they end are whole. */
  tail: LINE,
  /** Bytes taken. */
  head: 2 * LINE,
  /** Rung (counted up) when the reader sleeps and there is something new. */
  bell: 3 * LINE,
  /** 1 while the reader is about to wait or waits. */
  sleeping: 3 * LINE + 1,
  /** The job the writer's thread works on, 0 = none: names the suspect when the thread dies. */
  job: 4 * LINE,
  /** Counters, for the metrics only; modulo 2^32. Those of the lock are written by whoever holds it. */
  holds: 4 * LINE + 1,
  /** Takes that found the lock held. */
  contended: 4 * LINE + 2,
  /** Sleeps of a blocking wait. */
  backoffs: 4 * LINE + 3,
  /** Records published. */
  records: 4 * LINE + 4,
  /** Histograms of `BUCKETS` words each. */
  heldFor: 5 * LINE,
  waitedFor: 6 * LINE,
} as const

/** Buckets of a histogram of times: up to 1/4, 1/2, 1, 2, 4 … µs; the last takes all that is longer. */
export const BUCKETS = LINE
export const FIRST_BUCKET_US = 0.25

const HEAD_WORDS = 7 * LINE
export const HEAD_BYTES = HEAD_WORDS * Int32Array.BYTES_PER_ELEMENT

/** The lock word: an owner id in the low bits, and two flags. */
export const FREE = 0
export const CONTENDED = 1 << 30
export const DIED = 1 << 29
export const OWNER_MASK = DIED - 1

export const MIN_RING_BYTES = 1_024
/** Positions are compared modulo 2^32, so a ring may be at most half of that. */
export const MAX_RING_BYTES = 1 << 30

export interface QueueMemory {
  shared: SharedArrayBuffer
}

/** Memory for a ring of the given size, rounded up to a power of two so that positions wrap by a mask. */
export function allocateQueue(ringBytes: number): QueueMemory {
  if (!Number.isInteger(ringBytes) || ringBytes < MIN_RING_BYTES || ringBytes > MAX_RING_BYTES) {
    throw new RangeError(`A ring needs ${MIN_RING_BYTES} to ${MAX_RING_BYTES} bytes, got ${ringBytes}.`)
  }
  const capacity = 2 ** Math.ceil(Math.log2(ringBytes))
  return { shared: new SharedArrayBuffer(HEAD_BYTES + capacity) }
}

export interface QueueViews {
  words: Int32Array
  ring: Uint8Array
  /** The same ring by 32-bit words: sizes of records are read through it, they never straddle the end. */
  ringWords: Uint32Array
  capacity: number
}

export function viewQueue(memory: QueueMemory): QueueViews {
  const { shared } = memory
  const ring = new Uint8Array(shared, HEAD_BYTES)
  return {
    words: new Int32Array(shared, 0, HEAD_WORDS),
    ring,
    ringWords: new Uint32Array(shared, HEAD_BYTES),
    capacity: ring.length,
  }
}

export type AtomicOps = Pick<
  typeof Atomics,
  'load' | 'store' | 'add' | 'exchange' | 'compareExchange' | 'wait' | 'waitAsync' | 'notify'
>

/** What the queue stands on. The real thing in production; a stand-in lets a checker drive every interleaving of this very code. */
export interface Ground {
  atomics: AtomicOps
  view(memory: QueueMemory): QueueViews
  /** Tries before a blocking wait sleeps. */
  spins: number
}
export const GROUND: Ground = { atomics: Atomics, view: viewQueue, spins: 512 }

// `performance.now` counts from the start of its own thread; the system's clock puts all threads on one scale.
const SINCE_BOOT_MS = sinceBoot()

/** How far the thread's clock is behind the system's; of some readings the one that took least time, so that it is exact. */
function sinceBoot(): number {
  let [offset, least] = [0, Number.POSITIVE_INFINITY]
  for (let reading = 0; reading < 16; reading++) {
    const before = performance.now()
    const [seconds, nanoseconds] = process.hrtime()
    const after = performance.now()
    if (after - before >= least) continue
    least = after - before
    offset = seconds * 1_000 + nanoseconds / 1e6 - (before + after) / 2
  }
  return offset
}

/** Milliseconds with fractions, on a clock that all threads of the process share and that never jumps. */
export function monotonic(): number {
  return SINCE_BOOT_MS + performance.now()
}

/** `monotonic` as an Int32 word: whole milliseconds modulo 2^32, to be compared by difference only. */
export function leaseClock(): number {
  return monotonic() | 0
}

/** The bucket of a time in milliseconds. */
export function bucketOf(ms: number): number {
  const doublings = Math.ceil(Math.log2((ms * 1_000) / FIRST_BUCKET_US))
  return Math.max(0, Math.min(BUCKETS - 1, doublings))
}
