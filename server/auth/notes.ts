type Write = () => Promise<unknown>

/**
 * Writes down what is good to know and nobody's answer depends on, as when something was used last. A call neither waits for it nor fails
 * by it: on a full disk or one that stands still, calls go on as before. The store says itself what it could not write.
 */
export class Notes {
  /** By key, what waits behind the write that is under way. */
  readonly #waiting = new Map<string, Write | null>()

  /** Of each key one write at a time and the newest behind it, so that no more of them wait for a disk than there are keys. */
  take(key: string, write: Write): void {
    if (this.#waiting.has(key)) this.#waiting.set(key, write)
    else this.#begin(key, write)
  }

  #begin(key: string, write: Write): void {
    this.#waiting.set(key, null)
    const over = () => this.#goOn(key)
    write().then(over, over)
  }

  #goOn(key: string): void {
    const next = this.#waiting.get(key)
    if (next) this.#begin(key, next)
    else this.#waiting.delete(key)
  }
}
