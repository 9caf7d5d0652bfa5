import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { CrossChatError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import type { Tally } from '../redis/tally.ts'

/** `points` calls within `seconds`, for each key. */
export const LIMITS = {
  /** By user name and address: the owner of the name still gets in from elsewhere. */
  login: { points: 5, seconds: 60 },
  loginAddress: { points: 20, seconds: 60 },
  register: { points: 60, seconds: 60 },
  /** Looking at invitations and accepting them. */
  invite: { points: 20, seconds: 60 },
  password: { points: 5, seconds: 60 },
  /** By channel, like those below. */
  produce: { points: 1_000, seconds: 1 },
  simulate: { points: 200, seconds: 1 },
  runs: { points: 30, seconds: 60 },
  /** Each reads a bounded stretch of the transcripts; a search through all of them takes many. */
  search: { points: 600, seconds: 60 },
  /** Each reads a whole transcript. */
  figures: { points: 60, seconds: 60 },
  export: { points: 30, seconds: 60 },
  change: { points: 120, seconds: 10 },
  /**
   * A list of words is made ready at the first message after a change of it, and at once for each trial: some 30 ms of the one worker for the
   * longest. As often as `change` allows, one channel would have a third of all that worker's time; so often, a tenth.
   */
  rules: { points: 30, seconds: 10 },
  webhookTest: { points: 10, seconds: 60 },
  reload: { points: 20, seconds: 60 },
} as const satisfies Record<string, { points: number; seconds: number }>
export type LimitName = keyof typeof LIMITS

/** Keys counted at a time for each limit; beyond it the oldest is forgotten, so that made-up keys cost no memory. */
const MAX_KEYS = 20_000
const KEY_BYTES = 16

/** Counts calls in memory and, of several servers, for all of them together; refuses those over the limit. */
export class Rates {
  readonly #metrics: Pick<Metrics, 'limitedTotal'>
  readonly #limits = new Map<LimitName, Counting>()

  constructor(metrics: Pick<Metrics, 'limitedTotal'>, tally: Tally | null = null) {
    this.#metrics = metrics
    for (const name of Object.keys(LIMITS) as LimitName[]) {
      const alone = new Limit(LIMITS[name])
      this.#limits.set(name, tally === null ? alone : new SharedLimit(name, alone, tally))
    }
  }

  /** Counts one call. Throws `too_many` with the seconds to wait. */
  async take(name: LimitName, key: string): Promise<void> {
    const wait = (await this.#limits.get(name)?.take(key)) ?? 0
    if (wait === 0) return
    this.#metrics.limitedTotal.inc({ route: name })
    throw new CrossChatError('too_many', { retryAfter: wait })
  }

  /** Calls counted in the window that runs. */
  async used(name: LimitName, key: string): Promise<number> {
    return (await this.#limits.get(name)?.used(key)) ?? 0
  }

  /** Takes the last count back: the call was a good one. */
  async giveBack(name: LimitName, key: string): Promise<void> {
    await this.#limits.get(name)?.giveBack(key)
  }

  /** Forgets what a key has done. */
  async clear(name: LimitName, key: string): Promise<void> {
    await this.#limits.get(name)?.clear(key)
  }
}

interface Counting {
  /** Seconds to wait; 0 = go on. */
  take(key: string): Promise<number>
  used(key: string): Promise<number>
  giveBack(key: string): Promise<void>
  clear(key: string): Promise<void>
}

class Limit implements Counting {
  readonly #limiter: RateLimiterMemory
  readonly points: number
  readonly seconds: number
  /** Oldest first. */
  readonly #keys = new Set<string>()

  constructor({ points, seconds }: { points: number; seconds: number }) {
    this.points = points
    this.seconds = seconds
    this.#limiter = new RateLimiterMemory({ points, duration: seconds })
  }

  async take(key: string): Promise<number> {
    const short = shorten(key)
    await this.#remember(short)
    try {
      await this.#limiter.consume(short)
      return 0
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      // It counts by the time of day, and forgets by a timer: where the clock was set back, nobody has to wait for that.
      return secondsOf(refused.msBeforeNext, this.seconds)
    }
  }

  async used(key: string): Promise<number> {
    return (await this.#limiter.get(shorten(key)))?.consumedPoints ?? 0
  }

  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(shorten(key))
  }

  async clear(key: string): Promise<void> {
    const short = shorten(key)
    this.#keys.delete(short)
    await this.#limiter.delete(short)
  }

  async #remember(short: string): Promise<void> {
    this.#keys.delete(short)
    this.#keys.add(short)
    const [oldest] = this.#keys
    if (this.#keys.size <= MAX_KEYS || oldest === undefined) return
    this.#keys.delete(oldest)
    await this.#limiter.delete(oldest)
  }
}

/** One count for all nodes. Each counts in memory besides, and goes by that while Redis does not say. */
class SharedLimit implements Counting {
  readonly #name: LimitName
  readonly #alone: Limit
  readonly #tally: Tally

  constructor(name: LimitName, alone: Limit, tally: Tally) {
    this.#name = name
    this.#alone = alone
    this.#tally = tally
  }

  async take(key: string): Promise<number> {
    const { points, seconds } = this.#alone
    const [wait, counted] = await Promise.all([
      this.#alone.take(key),
      this.#tally.count(this.#place(key), seconds * 1_000),
    ])
    if (counted === null) return wait
    return counted.count <= points ? 0 : secondsOf(counted.leftMs, seconds)
  }

  async used(key: string): Promise<number> {
    return (await this.#tally.used(this.#place(key))) ?? this.#alone.used(key)
  }

  async giveBack(key: string): Promise<void> {
    await Promise.all([this.#alone.giveBack(key), this.#tally.giveBack(this.#place(key))])
  }

  async clear(key: string): Promise<void> {
    await Promise.all([this.#alone.clear(key), this.#tally.clear(this.#place(key))])
  }

  #place(key: string): string {
    return `${this.#name}:${shorten(key)}`
  }
}

function secondsOf(ms: number, atMost: number): number {
  return Math.min(atMost, Math.max(1, Math.ceil(ms / 1_000)))
}

/** Keys may be as long and as odd as callers like; what is kept is not. */
function shorten(key: string): string {
  return createHash('sha256').update(key).digest().subarray(0, KEY_BYTES).toString('base64url')
}
