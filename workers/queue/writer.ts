import { type AtomicOps, GROUND, type Ground, type QueueMemory, type QueueViews, WORD } from './layout.ts'
import { BlockingMutex } from './mutex.ts'

/** Records copied under one hold of the lock: bounds how long the reader may find it taken. */
export const RECORDS_PER_HOLD = 64

/**
 * The producer's view. Records go in whole or not at all, in order, and become visible by one store of the tail after they
 * are written: a record torn by the thread's death is invisible by construction.
 */
export class QueueWriter {
  readonly #views: QueueViews
  readonly #mutex: BlockingMutex
  readonly #atomics: AtomicOps

  constructor(memory: QueueMemory, owner: number, ground: Ground = GROUND) {
    this.#views = ground.view(memory)
    this.#mutex = new BlockingMutex(this.#views.words, owner, ground)
    this.#atomics = ground.atomics
  }

  /** The largest record that can ever fit. */
  get capacity(): number {
    return this.#views.capacity
  }

  /**
   * Writes records, which lie end to end in `records` from `start` to `end`, as long as they fit.
   * Returns where the first one that did not fit begins; `end` when all went in. Full is a number, not an error.
   */
  write(records: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end) {
      const reached = this.#hold(records, at, end)
      if (reached === at) break
      at = reached
    }
    if (at > start) this.#ring()
    return at
  }

  /** Names the job in hand, so that the supervisor knows the suspect if this thread dies. */
  nameJob(job: number): void {
    this.#atomics.store(this.#views.words, WORD.job, job | 0)
  }

  #hold(records: Uint8Array, start: number, end: number): number {
    const { words } = this.#views
    // A dead owner before us left nothing to repair: what it had not published is not there.
    this.#mutex.lock()
    try {
      const tail = this.#atomics.load(words, WORD.tail)
      const fits = this.#fitting(records, start, end, tail)
      if (fits > 0) {
        this.#copyIn(records, start, fits, tail)
        this.#atomics.store(words, WORD.tail, (tail + fits) | 0)
      }
      return start + fits
    } finally {
      this.#mutex.unlock()
    }
  }

  /** Bytes of the whole records from `start` that fit now, at most `RECORDS_PER_HOLD` of them; counts them. */
  #fitting(records: Uint8Array, start: number, end: number, tail: number): number {
    const used = (tail - this.#atomics.load(this.#views.words, WORD.head)) >>> 0
    const room = this.#views.capacity - used
    const sizes = new DataView(records.buffer, records.byteOffset)
    const { words } = this.#views
    let bytes = 0
    let count = 0
    for (; count < RECORDS_PER_HOLD && start + bytes < end; count++) {
      const size = sizes.getUint32(start + bytes, true)
      if (bytes + size > room) break
      bytes += size
    }
    words[WORD.records] = ((words[WORD.records] ?? 0) + count) | 0
    return bytes
  }

  #copyIn(records: Uint8Array, start: number, bytes: number, tail: number): void {
    const { ring, capacity } = this.#views
    const at = tail & (capacity - 1)
    const first = Math.min(bytes, capacity - at)
    ring.set(records.subarray(start, start + first), at)
    if (first < bytes) ring.set(records.subarray(start + first, start + bytes), 0)
  }

  /** Rings only for a sleeper: a notify takes a process-wide lock. */
  #ring(): void {
    const { words } = this.#views
    if (this.#atomics.exchange(words, WORD.sleeping, 0) === 0) return
    this.#atomics.add(words, WORD.bell, 1)
    this.#atomics.notify(words, WORD.bell)
  }
}
