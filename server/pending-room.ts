import { getHeapStatistics } from 'node:v8'

/** Jobs handed over and not yet done, by count and by bytes; one more is refused with `queue_full`. */
export const MAX_PENDING_JOBS = 5_000
export const MAX_PENDING_BYTES = 64 * 1_024 * 1_024
/** Of the heap, so much may be bodies that wait: with a small one, callers are asked to wait before the process dies of it. */
const HEAP_SHARE = 1 / 4
/** Of one channel: at its flood, the others are taken as ever. */
export const MAX_JOBS_OF_ONE = 1_000
export const MAX_BYTES_OF_ONE = 4 * 1_024 * 1_024

interface Taken {
  jobs: number
  bytes: number
}

/** How much waits, in all and of each channel. */
export class PendingRoom {
  readonly #mostBytes = Math.min(MAX_PENDING_BYTES, getHeapStatistics().heap_size_limit * HEAP_SHARE)
  readonly #all: Taken = { jobs: 0, bytes: 0 }
  readonly #byChannel = new Map<number, Taken>()

  /** False when there is no room. A channel's first job is taken whatever its size. */
  enter(channel: number, bytes: number): boolean {
    const own = this.#byChannel.get(channel) ?? { jobs: 0, bytes: 0 }
    const full = this.#all.jobs >= MAX_PENDING_JOBS || this.#all.bytes + bytes > this.#mostBytes
    const ownFull = own.jobs >= MAX_JOBS_OF_ONE || (own.jobs > 0 && own.bytes + bytes > MAX_BYTES_OF_ONE)
    if (full || ownFull) return false
    this.#byChannel.set(channel, own)
    for (const taken of [this.#all, own]) {
      taken.jobs++
      taken.bytes += bytes
    }
    return true
  }

  leave(channel: number, bytes: number): void {
    const own = this.#byChannel.get(channel)
    if (own === undefined) return
    for (const taken of [this.#all, own]) {
      taken.jobs--
      taken.bytes -= bytes
    }
    if (own.jobs === 0) this.#byChannel.delete(channel)
  }
}
