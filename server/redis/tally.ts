import type { Log } from '../log.ts'
import { Away, type Link } from './link.ts'
import { listOf, textOf } from './reply.ts'
import { Script } from './script.ts'

/** A call does not wait longer for its count, and after a count that came late none is asked for during that time, ms. */
const COUNTED_WITHIN_MS = 300
const REST_MS = 1_000

/** KEYS count, ARGV ms that it lasts → {count, ms that are left}. */
const COUNT = new Script(`
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return {count, left}
`)

/** KEYS count. One that has run out is not begun anew, which would last for ever. */
const GIVE_BACK = new Script(`
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end
return 1
`)

export interface Counted {
  count: number
  leftMs: number
}

/** Counts of all nodes together, each of which ends by itself. Where Redis does not say at once, nobody waits: null. */
export class Tally {
  readonly #link: Pick<Link, 'ask' | 'run'>
  readonly #log: Log
  #restsUntil = Number.NEGATIVE_INFINITY

  constructor(link: Pick<Link, 'ask' | 'run'>, log: Log) {
    this.#link = link
    this.#log = log
  }

  /** Counts one more. */
  async count(key: string, lastsMs: number): Promise<Counted | null> {
    const answer = await this.#soon(() => this.#link.run(COUNT, [nameOf(key)], [String(lastsMs)]))
    if (answer === null) return null
    const [count, leftMs] = listOf(answer)
    return { count: Number(count), leftMs: Number(leftMs) }
  }

  async used(key: string): Promise<number | null> {
    const answer = await this.#soon(async () => textOf(await this.#link.ask(['GET', nameOf(key)])))
    return answer === null ? null : Number(answer)
  }

  async giveBack(key: string): Promise<void> {
    await this.#soon(() => this.#link.run(GIVE_BACK, [nameOf(key)], []))
  }

  async clear(key: string): Promise<void> {
    await this.#soon(() => this.#link.ask(['DEL', nameOf(key)]))
  }

  async #soon<T>(ask: () => Promise<T>): Promise<T | null> {
    if (performance.now() < this.#restsUntil) return null
    let late: NodeJS.Timeout | undefined
    const tooLate = new Promise<null>((resolve) => {
      late = setTimeout(() => {
        this.#restsUntil = performance.now() + REST_MS
        resolve(null)
      }, COUNTED_WITHIN_MS)
    })
    try {
      return await Promise.race([ask().catch((error: unknown) => this.#failed(error)), tooLate])
    } finally {
      clearTimeout(late)
    }
  }

  /** A Redis that is full, or still reads its disk, refuses nobody either. */
  #failed(error: unknown): null {
    if (error instanceof Away) return null
    this.#restsUntil = performance.now() + REST_MS
    this.#log.warn({ err: error }, 'Redis does not count calls; each server counts its own')
    return null
  }
}

const nameOf = (key: string) => `crosschat:count:${key}`
