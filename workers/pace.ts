import { FairQueue } from './fair-queue.ts'

/** As long as the longest pause of the drain. */
const LONGEST_REST_MS = 16
const REST_FROM_MS = 1
/** One piece a turn, whatever it is. */
const PIECE = 1

/**
 * For work of a thread that is long in all and can be done in small pieces: one piece at a time, the channels in turns, and after each a
 * rest that is so many times as long. So only a share of the loop is busy with it, and a chat waits for one piece, whoever asks for how many.
 */
export class Pace {
  readonly #waiting = new FairQueue<string, () => Promise<unknown>>(PIECE)
  readonly #times: number
  readonly #rests: () => boolean
  #busy = false

  /** `times`: how long a rest is, of its piece. `rests`: whether somebody is there to whom a rest is worth something. */
  constructor(times = 1, rests: () => boolean = () => true) {
    this.#times = times
    this.#rests = rests
  }

  /** Resolves when it is the channel's turn; the piece is what is done until the loop goes on. */
  turn(channelId: string): Promise<void> {
    return new Promise((resolve) => {
      void this.piece(channelId, () => {
        resolve()
        return new Promise((done) => setImmediate(done))
      })
    })
  }

  /** Does a piece of work when it is the key's turn; what it waits for, as a disk, belongs to it. */
  piece<R>(key: string, work: () => Promise<R>): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(key, () => work().then(resolve, reject), PIECE)
      this.#next()
    })
  }

  #next(): void {
    if (this.#busy) return
    const work = this.#waiting.next()
    if (work === undefined) return
    this.#busy = true
    const began = performance.now()
    void work().then(() => {
      const took = performance.now() - began
      if (took < REST_FROM_MS || !this.#rests()) setImmediate(() => this.#rested())
      else setTimeout(() => this.#rested(), Math.min(LONGEST_REST_MS, took * this.#times))
    })
  }

  #rested(): void {
    this.#busy = false
    this.#next()
  }
}
