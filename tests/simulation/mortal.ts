import { type Ground, viewQueue } from '../../workers/queue/layout.ts'

/** Thrown where the thread stopped: nothing of it runs after that. */
export class Died extends Error {}

/** What the writer stands on: each touch of the shared memory is a step, and one of them can be the last. */
export class Mortal implements Ground {
  readonly spins = 1
  /** Steps until the end; Infinity = none is near. */
  left = Number.POSITIVE_INFINITY
  readonly atomics = {
    load: this.#stepwise(Atomics.load),
    store: this.#stepwise(Atomics.store),
    add: this.#stepwise(Atomics.add),
    exchange: this.#stepwise(Atomics.exchange),
    compareExchange: this.#stepwise(Atomics.compareExchange),
    wait: this.#stepwise(Atomics.wait),
    waitAsync: this.#stepwise(Atomics.waitAsync),
    notify: this.#stepwise(Atomics.notify),
  }
  readonly #died: () => void

  /** `died` is told once. */
  constructor(died: () => void) {
    this.#died = died
  }

  /** A copy into the ring has a step in its middle. */
  readonly view: Ground['view'] = (memory) => {
    const views = viewQueue(memory)
    const set = views.ring.set.bind(views.ring)
    views.ring.set = (bytes: ArrayLike<number>, at = 0) => {
      const half = bytes.length >>> 1
      const whole = Uint8Array.from(bytes)
      set(whole.subarray(0, half), at)
      this.#step()
      set(whole.subarray(half), at + half)
    }
    return views
  }

  #stepwise<F extends (...args: never[]) => unknown>(operation: F): F {
    const step = (...args: Parameters<F>) => {
      this.#step()
      return operation(...args)
    }
    return step as F
  }

  #step(): void {
    if (--this.left >= 1) return
    if (this.left === 0) this.#died()
    throw new Died('The thread was ended.')
  }
}
