import {
  type AtomicOps,
  BUCKETS,
  FREE,
  GROUND,
  type Ground,
  leaseClock,
  type QueueMemory,
  type QueueViews,
  WORD,
} from './layout.ts'
import { bury, Mutex } from './mutex.ts'

/** Bytes taken at once: keeps the hold of the lock under some 10 µs. One larger record is still taken whole. */
export const BYTES_PER_TAKE = 64 * 1_024

/** One look at a queue. Counters begin anew with each life of the worker and are modulo 2^32. */
export interface QueueFigures {
  capacity: number
  /** Where in the ring the next byte is taken, and where the next one is written. */
  head: number
  tail: number
  /** Bytes published and not taken yet. */
  depth: number
  /** Bytes and records ever published. */
  bytes: number
  records: number
  holds: number
  /** Takes of the writer that found the lock held. */
  contended: number
  backoffs: number
  /** Wake-ups of the reader. */
  rings: number
  recoveries: number
  /** How long the lock is held past its lease, ms. */
  overdueMs: number
  /** Histograms by `bucketOf`: how long the lock was held, and how long the writer waited when it had to. */
  heldFor: number[]
  waitedFor: number[]
}

/**
 * The consumer's view, for the main thread: no method of it blocks. Bytes are copied out under the lock and looked at
 * outside it.
 */
export class QueueReader {
  readonly #views: QueueViews
  readonly #mutex: Mutex
  readonly #atomics: AtomicOps
  readonly #ground: Ground
  #stopped = false
  #room = Buffer.alloc(BYTES_PER_TAKE)

  constructor(memory: QueueMemory, owner: number, ground: Ground = GROUND) {
    this.#views = ground.view(memory)
    this.#mutex = new Mutex(this.#views.words, owner, ground)
    this.#atomics = ground.atomics
    this.#ground = ground
  }

  get capacity(): number {
    return this.#views.capacity
  }

  /** Bytes published and not taken yet. */
  get depth(): number {
    const { words } = this.#views
    return (this.#atomics.load(words, WORD.tail) - this.#atomics.load(words, WORD.head)) >>> 0
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /**
   * Whole records, copied out, in order: null when there is none, 'busy' when the writer holds the lock. The bytes are good
   * until the next take: they stand in one buffer that is used again, so that the lock is never held for an allocation.
   */
  take(): Buffer | null | 'busy' {
    if (this.depth === 0) return null
    if (this.#mutex.tryLock() === 'no') return 'busy'
    try {
      const { words } = this.#views
      const head = this.#atomics.load(words, WORD.head)
      const bytes = this.#wholeRecords(head, (this.#atomics.load(words, WORD.tail) - head) >>> 0)
      const copy = this.#copyOut(head, bytes)
      this.#atomics.store(words, WORD.head, (head + bytes) | 0)
      return copy
    } finally {
      this.#mutex.unlock()
    }
  }

  /** Resolves when the lock that made `take` say 'busy' has been given back, or its owner was buried. */
  released(): Promise<void> {
    return this.#mutex.released()
  }

  /**
   * Resolves when there is something to take, or after `stop`. One caller at a time. Does not keep the process alive and
   * has no time-out of its own: a watchdog beside it calls `ring`.
   */
  async filled(): Promise<void> {
    const { words } = this.#views
    const bell = this.#atomics.load(words, WORD.bell)
    // Announce the sleep first, look again after: a record published in between is seen here or rings the bell.
    this.#atomics.store(words, WORD.sleeping, 1)
    if (this.depth === 0 && !this.#stopped) {
      const wait = this.#atomics.waitAsync(words, WORD.bell, bell)
      if (wait.async) await wait.value
    }
    this.#atomics.store(words, WORD.sleeping, 0)
  }

  /** Wakes `filled` whatever there is. */
  ring(): void {
    this.#atomics.add(this.#views.words, WORD.bell, 1)
    this.#atomics.notify(this.#views.words, WORD.bell)
  }

  /** Ends `filled` for good: a waiter that nobody wakes would never be freed. */
  stop(): void {
    this.#stopped = true
    this.ring()
  }

  /** The writer's thread has ended for certain; see `bury`. */
  bury(writer: number): boolean {
    return bury(this.#views.words, writer, this.#ground)
  }

  /** The job the writer's thread has in hand, 0 = none. */
  get job(): number {
    return this.#atomics.load(this.#views.words, WORD.job) >>> 0
  }

  /** What the head words say right now, for metrics and for the picture of the ring. */
  figures(): QueueFigures {
    const { words, capacity } = this.#views
    const at = (word: number) => this.#atomics.load(words, word)
    const count = (word: number) => at(word) >>> 0
    return {
      capacity,
      head: at(WORD.head) & (capacity - 1),
      tail: at(WORD.tail) & (capacity - 1),
      depth: this.depth,
      bytes: count(WORD.tail),
      records: count(WORD.records),
      holds: count(WORD.holds),
      contended: count(WORD.contended),
      backoffs: count(WORD.backoffs),
      rings: count(WORD.bell),
      recoveries: count(WORD.generation),
      overdueMs: at(WORD.lock) === FREE ? 0 : Math.max(0, (leaseClock() - at(WORD.lease)) | 0),
      heldFor: Array.from({ length: BUCKETS }, (_, bucket) => count(WORD.heldFor + bucket)),
      waitedFor: Array.from({ length: BUCKETS }, (_, bucket) => count(WORD.waitedFor + bucket)),
    }
  }

  #wholeRecords(head: number, published: number): number {
    const { ringWords, capacity } = this.#views
    let bytes = 0
    while (bytes < published) {
      const size = ringWords[((head + bytes) & (capacity - 1)) >>> 2] ?? 0
      if (bytes > 0 && bytes + size > BYTES_PER_TAKE) break
      bytes += size
    }
    return bytes
  }

  #copyOut(head: number, bytes: number): Buffer {
    const { ring, capacity } = this.#views
    if (this.#room.length < bytes) this.#room = Buffer.alloc(bytes)
    const copy = this.#room.subarray(0, bytes)
    const at = head & (capacity - 1)
    const first = Math.min(bytes, capacity - at)
    copy.set(ring.subarray(at, at + first), 0)
    if (first < bytes) copy.set(ring.subarray(0, bytes - first), first)
    return copy
  }
}
