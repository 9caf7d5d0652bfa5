import { FairQueue } from './fair-queue.ts'

/** As long as the longest pause of the drain. */
const LONGEST_REST_MS = 16
const REST_FROM_MS = 1
/** One piece a turn, whatever it is. */
const PIECE = 1

/**
 * For work of the main thread that is long in all and can be done in small pieces: one piece at a time, the channels in turns, and after
 * each a rest as long as it took. So the loop is at most half busy with it, and a chat waits for one piece, whoever asks for how many.
 */
export class Pace {
  readonly #waiting = new FairQueue<string, () => void>(PIECE)
  #busy = false

  /** Resolves when it is the channel's turn; the piece is what is done until the next await. */
  turn(channelId: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(channelId, resolve, PIECE)
      this.#next()
    })
  }

  #next(): void {
    if (this.#busy) return
    const begin = this.#waiting.next()
    if (begin === undefined) return
    this.#busy = true
    const began = performance.now()
    begin()
    // The piece is done before the loop goes on to this.
    setImmediate(() => {
      const took = performance.now() - began
      if (took < REST_FROM_MS) this.#rested()
      else setTimeout(() => this.#rested(), Math.min(LONGEST_REST_MS, took))
    })
  }

  #rested(): void {
    this.#busy = false
    this.#next()
  }
}
