import { setTimeout as sleep } from 'node:timers/promises'
import { Pace } from '../../workers/pace.ts'

/** A thousand pages that come back at once are to be back within seconds. */
const LONGEST_REST_MS = 8
/** The next welcome waits no longer for one whose key is looked for in a store that stalls. */
export const WELCOME_WITHIN_MS = 20

/** A welcome with all that is kept is a piece of work: one at a time, the channels in turns, with rests between where the loop is busy. */
export class Welcomes {
  readonly #pace = new Pace(LONGEST_REST_MS)

  /**
   * `welcome` asks the store first: with that in its turn, those who waited for one answer of a busy store are not welcomed all in the turn of
   * the loop in which it comes. Rejects as `welcome` does.
   */
  async take(channelId: string, welcome: () => Promise<void>): Promise<void> {
    let welcomed = Promise.resolve()
    await this.#pace.piece(channelId, async () => {
      welcomed = welcome()
      await Promise.race([welcomed.catch(() => undefined), sleep(WELCOME_WITHIN_MS, undefined, { ref: false })])
    })
    await welcomed
  }
}
