/** Lets those through who wait, once it is open. */
export class Gate {
  #open = true
  readonly #waiting: (() => void)[] = []

  close(): void {
    this.#open = false
  }

  open(): void {
    this.#open = true
    for (const pass of this.#waiting.splice(0)) pass()
  }

  pass(): Promise<void> {
    return this.#open ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve))
  }
}
