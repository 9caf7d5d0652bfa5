/** The newest `limit` fingerprints, oldest first when read; grows as needed up to its limit. */
export class Marks {
  readonly #limit: number
  #ring = new Float64Array(64)
  #count = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  add(mark: number): void {
    if (this.#count === this.#ring.length && this.#ring.length < this.#limit) this.#grow()
    this.#ring[this.#count++ % this.#ring.length] = mark
  }

  /** How many were added, ever. */
  get added(): number {
    return this.#count
  }

  /** A copy, of the first `upTo` ever added as far as they are still here. */
  list(upTo = this.#count): Float64Array {
    const { length } = this.#ring
    const from = Math.max(0, this.#count - length)
    const list = new Float64Array(Math.max(0, Math.min(upTo, this.#count) - from))
    for (let nth = 0; nth < list.length; nth++) list[nth] = this.#ring[(from + nth) % length] ?? 0
    return list
  }

  #grow(): void {
    const ring = new Float64Array(Math.min(this.#limit, this.#ring.length * 4))
    ring.set(this.#ring)
    this.#ring = ring
  }
}
