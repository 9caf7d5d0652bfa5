interface Waiter {
  holds(): boolean
  wake(): void
}

/** Those who wait for something to hold. It is looked at when they are told to look, and not by itself. */
export class Waiters {
  #waiting: Waiter[] = []

  /** Resolves when it holds, when all are woken, or when the time is over, ms. */
  within(holds: () => boolean, withinMs: number): Promise<void> {
    if (holds()) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.#waiting = this.#waiting.filter((each) => each !== waiter)
        resolve()
      }
      const timer = setTimeout(wake, withinMs)
      const waiter = { holds, wake }
      this.#waiting.push(waiter)
    })
  }

  look(): void {
    for (const { holds, wake } of [...this.#waiting]) if (holds()) wake()
  }

  /** Nothing more comes that they could wait for. */
  wakeAll(): void {
    for (const { wake } of [...this.#waiting]) wake()
  }
}
