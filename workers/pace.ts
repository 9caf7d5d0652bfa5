import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import { FairQueue } from './fair-queue.ts'

/** Several times what one piece takes: a loop that is busy with others is not made busier by work that can wait. */
export const LONG_REST_MS = 50
/** What is owed is paid from here on: a timer is no finer. */
const REST_FROM_MS = 1
/** From so many pieces that wait on, more is asked for than is done. */
export const CROWD = 4
/** Then every rest is so many times as long: what is asked for at once is given less, and the cores are left to others. */
const CROWDED_TIMES = 3
/** One piece a turn, whatever it is. */
const PIECE = 1

/**
 * For work of a thread that is long in all and can be done in small pieces: one piece at a time, the channels in turns, and the next one not
 * before the loop has been idle for as long as it was busy since, with whatever. So this work is given what others leave, up to half of the
 * loop, or a quarter where a crowd waits, and a chat waits for one piece, whoever asks for how many.
 */
export class Pace {
  readonly #waiting = new FairQueue<string, () => Promise<unknown>>(PIECE)
  readonly #longestMs: number
  readonly #rests: () => boolean
  readonly #crowd: number
  #busy = false
  /** From where busy and idle are counted; null = from the next piece on. */
  #since: EventLoopUtilization | null = null

  /**
   * `longestMs`: of a rest, however busy the loop is. `rests`: whether somebody is there to whom one is worth something. `crowd`: so many
   * pieces that wait are one; without, none ever is.
   */
  constructor(longestMs = LONG_REST_MS, rests: () => boolean = () => true, crowd = Number.POSITIVE_INFINITY) {
    this.#longestMs = longestMs
    this.#rests = rests
    this.#crowd = crowd
  }

  /** Resolves when it is the channel's turn; the piece is what is done until the loop goes on. */
  turn(channelId: string): Promise<void> {
    return new Promise((resolve) => {
      void this.piece(channelId, async () => resolve())
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
    this.#since ??= performance.eventLoopUtilization()
    // The loop goes on between any two pieces; and what follows a turn is done before it does.
    void work().then(() => setImmediate(() => this.#rest(performance.now())))
  }

  /** Until what is owed is paid, but no longer than it may be. What is too little to be paid is owed on. */
  #rest(began: number): void {
    const times = this.#waiting.size >= this.#crowd ? CROWDED_TIMES : 1
    const { active, idle } = performance.eventLoopUtilization(this.#since ?? undefined)
    const [owed, left] = [times * active - idle, began + times * this.#longestMs - performance.now()]
    if (this.#rests() && Math.min(owed, left) >= REST_FROM_MS) {
      setTimeout(() => this.#rest(began), Math.min(owed, left))
      return
    }
    if (owed <= 0 || left < REST_FROM_MS) this.#since = null
    this.#busy = false
    this.#next()
  }
}
