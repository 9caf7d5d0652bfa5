import { Pace } from '../../workers/pace.ts'

/** A thousand pages that come back at once are to be back within seconds. */
const LONGEST_REST_MS = 8
/** A store that takes longer was busy, and answers all who waited for it at once. */
export const AT_ONCE_MS = 20
/** Of a store that is always so slow nothing is won by asking once more. */
export const MOST_ASKED = 3

/** A welcome with all that is kept is a piece of work: one at a time, the channels in turns, with rests between where the loop is busy. */
export class Welcomes {
  readonly #pace = new Pace(LONGEST_REST_MS)

  /**
   * Asks the store in turn, and in a further turn where the answer was late: so those who waited for one answer of a busy store are not
   * welcomed all in the turn of the loop in which it comes. What follows at once belongs to the turn.
   */
  async ask<T>(channelId: string, store: () => Promise<T>): Promise<T> {
    for (let asked = 1; ; asked++) {
      await this.#pace.turn(channelId)
      const at = performance.now()
      const answer = await store()
      if (asked === MOST_ASKED || performance.now() - at <= AT_ONCE_MS) return answer
    }
  }
}
