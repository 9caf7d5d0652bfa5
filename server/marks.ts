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

  /** A copy. */
  list(): Float64Array {
    const { length } = this.#ring
    if (this.#count <= length) return this.#ring.slice(0, this.#count)
    const cut = this.#count % length
    const list = new Float64Array(length)
    list.set(this.#ring.subarray(cut), 0)
    list.set(this.#ring.subarray(0, cut), length - cut)
    return list
  }

  #grow(): void {
    const ring = new Float64Array(Math.min(this.#limit, this.#ring.length * 4))
    ring.set(this.#ring)
    this.#ring = ring
  }
}
