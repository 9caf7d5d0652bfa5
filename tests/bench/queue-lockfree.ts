import { type QueueMemory, type QueueViews, viewQueue, WORD } from '../../workers/queue/layout.ts'
import { BYTES_PER_TAKE, QueueReader } from '../../workers/queue/reader.ts'
import { RECORDS_PER_HOLD } from '../../workers/queue/writer.ts'

/**
 * The queue's own ring without its mutex: the same memory, records, batches and bell, so that what differs is the lock.
 * One writer and one reader need none, as long as neither of them is ever replaced while the memory lives.
 */
export class LockFreeWriter {
  readonly #views: QueueViews

  constructor(memory: QueueMemory) {
    this.#views = viewQueue(memory)
  }

  write(records: Uint8Array, start: number, end: number): number {
    const { words } = this.#views
    let at = start
    while (at < end) {
      const tail = Atomics.load(words, WORD.tail)
      const fits = this.#fitting(records, at, end, tail)
      if (fits === 0) break
      this.#copyIn(records, at, fits, tail)
      Atomics.store(words, WORD.tail, (tail + fits) | 0)
      at += fits
    }
    if (at > start && Atomics.exchange(words, WORD.sleeping, 0) === 1) {
      Atomics.add(words, WORD.bell, 1)
      Atomics.notify(words, WORD.bell)
    }
    return at
  }

  #fitting(records: Uint8Array, start: number, end: number, tail: number): number {
    const room = this.#views.capacity - ((tail - Atomics.load(this.#views.words, WORD.head)) >>> 0)
    const sizes = new DataView(records.buffer, records.byteOffset)
    let bytes = 0
    for (let count = 0; count < RECORDS_PER_HOLD && start + bytes < end; count++) {
      const size = sizes.getUint32(start + bytes, true)
      if (bytes + size > room) break
      bytes += size
    }
    return bytes
  }

  #copyIn(records: Uint8Array, start: number, bytes: number, tail: number): void {
    const { ring, capacity } = this.#views
    const at = tail & (capacity - 1)
    const first = Math.min(bytes, capacity - at)
    ring.set(records.subarray(start, start + first), at)
    if (first < bytes) ring.set(records.subarray(start + first, start + bytes), 0)
  }
}

/** Sleeps and wakes as every reader does; takes without a lock. */
export class LockFreeReader extends QueueReader {
  readonly #views: QueueViews

  constructor(memory: QueueMemory, owner: number) {
    super(memory, owner)
    this.#views = viewQueue(memory)
  }

  override take(): Buffer | null {
    const { words } = this.#views
    const head = Atomics.load(words, WORD.head)
    const published = (Atomics.load(words, WORD.tail) - head) >>> 0
    if (published === 0) return null
    const bytes = this.#wholeRecords(head, published)
    const copy = this.#copyOut(head, bytes)
    Atomics.store(words, WORD.head, (head + bytes) | 0)
    return copy
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
    const copy = Buffer.allocUnsafeSlow(bytes)
    const at = head & (capacity - 1)
    const first = Math.min(bytes, capacity - at)
    copy.set(ring.subarray(at, at + first), 0)
    if (first < bytes) copy.set(ring.subarray(0, bytes - first), first)
    return copy
  }
}
