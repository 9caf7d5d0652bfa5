import { MarkSet } from './mark-set.ts'

/** Ids remembered of one channel at least. */
export const SEEN_IDS = 10_000

/** What a channel has shown: fingerprints in two generations of `limit` each, so that forgetting costs nothing. */
export class Seen {
  #young = new MarkSet()
  #old = new MarkSet()
  readonly #limit: number

  /** `limit`: the newest so many are always remembered, and never more than twice as many. */
  constructor(limit = SEEN_IDS) {
    this.#limit = limit
  }

  has(fingerprint: number): boolean {
    return this.#young.has(fingerprint) || this.#old.has(fingerprint)
  }

  forget(fingerprint: number): void {
    this.#young.delete(fingerprint)
    this.#old.delete(fingerprint)
  }

  add(fingerprint: number): void {
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young
      this.#young = new MarkSet()
    }
    this.#young.add(fingerprint)
  }
}
