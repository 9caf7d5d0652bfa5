import { CrossChatError } from './errors.ts'

/** Calls that may wait for their turn in one channel. */
export const MAX_WAITING_CALLS = 100
const RETRY_AFTER_S = 2

/** Has so many places for each key; whoever comes on top waits in order. */
export class Lanes {
  readonly #atOnce: number
  readonly #running = new Map<string, number>()
  readonly #waiting = new Map<string, (() => void)[]>()

  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  /** Resolves with what gives the place back. Throws `too_many` when too much waits already. */
  async enter(key: string): Promise<() => void> {
    await this.#place(key)
    return () => this.#leave(key)
  }

  async #place(key: string): Promise<void> {
    const running = this.#running.get(key) ?? 0
    if (running < this.#atOnce) {
      this.#running.set(key, running + 1)
      return
    }
    const waiting = this.#waiting.get(key) ?? []
    if (waiting.length >= MAX_WAITING_CALLS) throw new CrossChatError('too_many', { retryAfter: RETRY_AFTER_S })
    this.#waiting.set(key, waiting)
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** The place goes to whoever waits longest. */
  #leave(key: string): void {
    const waiting = this.#waiting.get(key)
    const next = waiting?.shift()
    if (waiting?.length === 0) this.#waiting.delete(key)
    if (next !== undefined) {
      next()
      return
    }
    const running = (this.#running.get(key) ?? 1) - 1
    if (running > 0) this.#running.set(key, running)
    else this.#running.delete(key)
  }
}
