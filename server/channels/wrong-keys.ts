/** Wrong keys of one address within a minute that are answered at once; those of a page whose key was rotated are few. */
export const WRONG_AT_ONCE = 20
const WINDOW_MS = 60_000
/** How long the answer to one more is held back. Its connection keeps its place among those of the address meanwhile. */
export const HELD_BACK_MS = 5_000
/** Addresses counted at a time; beyond it the oldest is forgotten. */
const MAX_ADDRESSES = 10_000

/**
 * Slows down whoever guesses keys of pages: from an address that has sent many wrong ones, a wrong one is answered late. A right one is
 * never held back, so that nobody shuts out the OBS beside them.
 */
export class WrongKeys {
  /** By address, oldest first. `since`: ms of a clock that never jumps. */
  readonly #counts = new Map<string, { since: number; wrong: number }>()
  readonly #now: () => number

  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** Counts one; gives how long its answer is held back, ms. */
  note(address: string): number {
    const now = this.#now()
    const known = this.#counts.get(address)
    const count = known !== undefined && now - known.since < WINDOW_MS ? known : { since: now, wrong: 0 }
    count.wrong++
    this.#counts.delete(address)
    this.#counts.set(address, count)
    const [oldest] = this.#counts.keys()
    if (this.#counts.size > MAX_ADDRESSES && oldest !== undefined) this.#counts.delete(oldest)
    return count.wrong > WRONG_AT_ONCE ? HELD_BACK_MS : 0
  }
}
