/** Why a thread ended. `exit` = not by its own fault: it was ended, or went. */
export type Cause = 'heap' | 'error' | 'silent' | 'exit'

/** Lives that ended by their own fault within `FAILING_WITHIN_MS` from which on the next one waits, whatever work they did meanwhile. */
export const TOO_MANY_FAILURES = 5
export const FAILING_WITHIN_MS = 60_000
/** Lives that ended before they did a single job, one after the other, that are followed by the next at once. */
const FREE_RESTARTS = 3
/** A life as long as this was worth it, also when it had no job: followed chats are none. */
const LONG_LIFE_MS = 60_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

export function causeOf(error: Error): Cause {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'heap' : 'error'
}

/** Remembers how a thread's lives ended, and says how long the next one waits. Times are ms of a clock that never jumps. */
export class Deaths {
  /** Lives in a row in which no job was done. */
  #barren = 0
  /** When lives ended by their own fault, oldest first; no more than matter. */
  #failures: number[] = []

  /** Lives that failed within the last minute. */
  failing(now: number): number {
    this.#failures = this.#failures.filter((at) => now - at < FAILING_WITHIN_MS)
    return this.#failures.length
  }

  worked(): void {
    this.#barren = 0
  }

  /** None for a thread that did its work; growing ones for one that dies again and again, before it does any or in spite of it. */
  pauseAfter(cause: Cause, beganAt: number, now: number): number {
    if (now - beganAt > LONG_LIFE_MS) this.#barren = 0
    const barren = pause(this.#barren++ - FREE_RESTARTS)
    if (cause === 'exit') return barren
    this.#failures.push(now)
    return Math.max(barren, pause(this.failing(now) - TOO_MANY_FAILURES))
  }
}

/** @param over lives beyond those that cost no pause, less one */
function pause(over: number): number {
  return over < 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** over)
}
