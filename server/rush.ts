import type { Pace } from '../workers/pace.ts'

/** Calls that one caller may have in hand before each further one waits for a turn: more than a panel that opens has. */
export const CALLS_AT_ONCE = 8
/** As above, of calls that cost little: so many as a lively chat sends, one message a call, while a server that others flood answers late. */
export const LITTLE_CALLS_AT_ONCE = 64

/**
 * Whoever calls faster than answers come has their calls begun one at a time, each in a turn of the loop, with rests between: they are given
 * what others leave. Were all begun as they come in, whatever fell into the same turn of the loop would wait for the sum of them.
 */
export class Rush {
  readonly #inHand = new Map<string, number>()
  readonly #pace: Pace

  /** `pace`: of all that is done in pieces. Were it another one, the two of them would leave nothing. */
  constructor(pace: Pace) {
    this.#pace = pace
  }

  /** `little`: the call reads little and gives little. */
  async take<T>(key: string, little: boolean, call: () => Promise<T>): Promise<T> {
    const inHand = this.#count(key, 1)
    try {
      if (inHand > (little ? LITTLE_CALLS_AT_ONCE : CALLS_AT_ONCE)) await this.#pace.turn(key)
      return await call()
    } finally {
      this.#count(key, -1)
    }
  }

  #count(key: string, change: 1 | -1): number {
    const inHand = (this.#inHand.get(key) ?? 0) + change
    if (inHand > 0) this.#inHand.set(key, inHand)
    else this.#inHand.delete(key)
    return inHand
  }
}
