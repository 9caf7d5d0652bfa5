import type { Ground, Quota as Report } from '../platform.ts'
import { nextMidnightPacific } from './pacific.ts'

/** Units a day that a project has unless it asked for more. */
export const UNITS_A_DAY = 10_000
/** Searches have a bucket of their own. */
export const SEARCHES_A_DAY = 100
/** Units of one `videos` or `channels` call. */
export const LOOK_UP_COST = 1
/** Units of one `list` or `streamList` call, unless a setting says otherwise: documentation says 5, one project saw 1. */
export const LIST_COST = 5
/** What is left of the quota must do for a broadcast of so long, or until it begins anew. */
const BROADCAST_MS = 4 * 60 * 60_000
/** However little is left, chat is asked for this often. */
export const SLOWEST_POLL_MS = 120_000
/** So long after midnight Pacific a refusal may still be about the day before: this clock is fast, or YouTube's day begins late; ms. */
const FRESH_MS = 60 * 60_000
/** Nothing is asked for so long then, ms. */
const FRESH_REST_MS = 5 * 60_000
/** Keys that are counted at a time. */
const MAX_KEYS = 2_000

/** What one API key was asked today, as far as this thread asked: nobody else can say it. */
export class Quota {
  readonly #ground: Ground
  /** Units of one `list` or `streamList` call. */
  readonly listCost: number
  #used = 0
  /** As much of that nobody spent: it was only said that nothing is left. */
  #said = 0
  #searches = 0
  #resetsAt = 0
  #closedUntil = Number.NEGATIVE_INFINITY
  #readers = 0

  constructor(ground: Ground) {
    this.#ground = ground
    const cost = Number(ground.settings.youtubeListCost)
    this.listCost = Number.isSafeInteger(cost) && cost > 0 ? cost : LIST_COST
  }

  get report(): Report {
    this.#turnDay()
    return { used: this.#used, limit: UNITS_A_DAY, resetsAt: this.#resetsAt }
  }

  spend(units: number): void {
    this.#turnDay()
    this.#used += units
  }

  /** Takes one of the day's searches; false when there is none left. */
  search(): boolean {
    this.#turnDay()
    if (this.#searches >= SEARCHES_A_DAY) return false
    this.#searches++
    return true
  }

  /** Its day began so lately that YouTube may not have begun it yet. */
  get isFresh(): boolean {
    const now = this.#ground.now()
    return nextMidnightPacific(now - FRESH_MS) <= now
  }

  /** YouTube says that nothing is left: no more is asked until midnight Pacific, or for a while where that has just been. */
  close(): void {
    if (this.isFresh) this.#closeFor(FRESH_REST_MS)
    else {
      const { used, resetsAt, limit } = this.report
      this.#say(Math.max(0, limit - used))
      this.#closeFor(resetsAt - this.#ground.now())
    }
  }

  /** How long nothing should be asked, ms; 0 = it may be. */
  get closedFor(): number {
    return Math.max(0, this.#closedUntil - this.#ground.steady())
  }

  /** Somebody asks to try all the same, as when the quota was raised: what is left is again what was counted. */
  open(): void {
    this.#closedUntil = Number.NEGATIVE_INFINITY
    this.#say(-this.#said)
  }

  /** One more, or one less, who reads a chat with this key. */
  joined(): void {
    this.#readers++
  }
  left(): void {
    this.#readers--
  }

  /** The shortest time between two calls of one reader with which the rest of the quota lasts, ms. */
  get floor(): number {
    const { used, limit, resetsAt } = this.report
    const calls = (limit - used) / this.listCost / Math.max(1, this.#readers)
    const span = Math.min(BROADCAST_MS, resetsAt - this.#ground.now())
    return calls < 1 ? SLOWEST_POLL_MS : Math.min(SLOWEST_POLL_MS, Math.ceil(span / calls))
  }

  #closeFor(ms: number): void {
    this.#closedUntil = this.#ground.steady() + this.#ground.ms(ms)
  }

  #say(units: number): void {
    this.#said += units
    this.#used += units
  }

  #turnDay(): void {
    const now = this.#ground.now()
    if (now < this.#resetsAt) return
    this.#resetsAt = nextMidnightPacific(now)
    this.#used = 0
    this.#said = 0
    this.#searches = 0
  }
}

/** One count a key, shared by all sources that use it. */
export class Quotas {
  readonly #ground: Ground
  readonly #byKey = new Map<string, Quota>()

  constructor(ground: Ground) {
    this.#ground = ground
  }

  of(key: string): Quota {
    const quota = this.#byKey.get(key) ?? new Quota(this.#ground)
    // The key that was not asked for longest is the first one to be forgotten.
    this.#byKey.delete(key)
    this.#byKey.set(key, quota)
    const [oldest] = this.#byKey.keys()
    if (this.#byKey.size > MAX_KEYS && oldest !== undefined) this.#byKey.delete(oldest)
    return quota
  }
}
