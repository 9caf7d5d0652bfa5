/**
 * Writes down what is good to know and nobody's answer depends on, as when something was used last. A call neither waits for it nor fails
 * by it: on a full disk or one that stands still, calls go on as before. The store says itself what it could not write.
 */
export class Notes {
  readonly #underWay = new Set<string>()

  /** Of each key one write at a time, so that no more of them wait for a disk than there are keys. */
  take(key: string, write: () => Promise<unknown>): void {
    if (this.#underWay.has(key)) return
    this.#underWay.add(key)
    const over = () => void this.#underWay.delete(key)
    write().then(over, over)
  }
}
