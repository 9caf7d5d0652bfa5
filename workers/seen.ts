/** Ids remembered of one channel; older ones are forgotten in halves. */
export const SEEN_IDS = 10_000

/** What a channel has shown: fingerprints in two generations, so that forgetting costs nothing. */
export class Seen {
  #young = new Set<number>()
  #old = new Set<number>()
  readonly #half: number

  /** `limit`: ids remembered at least half of at any time. */
  constructor(limit = SEEN_IDS) {
    this.#half = Math.max(1, limit >> 1)
  }

  has(fingerprint: number): boolean {
    return this.#young.has(fingerprint) || this.#old.has(fingerprint)
  }

  add(fingerprint: number): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young
      this.#young = new Set()
    }
    this.#young.add(fingerprint)
  }
}
