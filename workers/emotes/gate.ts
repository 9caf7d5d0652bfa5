/** At most so many at a time, in the order they came; the others wait. */
export class Gate {
  readonly #most: number
  #inside = 0
  readonly #waiting: (() => void)[] = []

  constructor(most: number) {
    this.#most = most
  }

  async run<R>(task: () => Promise<R>): Promise<R> {
    if (this.#inside >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#inside++
    try {
      return await task()
    } finally {
      // Whoever waits takes the place over.
      const next = this.#waiting.shift()
      if (next === undefined) this.#inside--
      else next()
    }
  }
}

/** Emotes that may be kept in all sets together. */
export class Room {
  #left: number

  constructor(most: number) {
    this.#left = most
  }

  /** Gives `before` back and takes `after`; false, and nothing is changed, when there is no room for them. */
  exchange(before: number, after: number): boolean {
    if (after - before > this.#left) return false
    this.#left -= after - before
    return true
  }
}
