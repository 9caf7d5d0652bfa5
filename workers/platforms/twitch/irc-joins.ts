import { Pace } from '../../backoff.ts'
import type { Ground } from '../platform.ts'

/**
 * So many channels may one connection ask for in so many ms. Twitch counts 20 in 10 s; a second more and two fewer, so that delays on the
 * way cannot bring two windows together.
 */
export const JOINS = 18
export const JOIN_WINDOW_MS = 11_000
/** A channel that exists answers within a second. */
export const JOIN_WITHIN_MS = 10_000
export const JOIN_TRIES = 2
/** What does not exist may come into being, or a suspension may end. */
export const MISSING_AGAIN_MS = 3 * 60_000

interface Asked {
  state: 'asked' | 'joined' | 'missing'
  tries: number
  timer: NodeJS.Timeout | null
}

export interface JoinEars {
  /** Its turn has come: send it. */
  ask(login: string): void
  /** The server does not know the channel; told each time that this is found. */
  missing(login: string): void
  /** True while nothing is read: silence is no answer then. */
  deaf(): boolean
}

/** Which channels one connection has asked for, at the pace that the server allows, and what came of each. */
export class Joins {
  readonly #ground: Ground
  readonly #ears: JoinEars
  readonly #pace: Pace
  readonly #asked = new Map<string, Asked>()

  constructor(ground: Ground, ears: JoinEars) {
    this.#ground = ground
    this.#ears = ears
    this.#pace = new Pace(JOINS, ground.ms(JOIN_WINDOW_MS))
  }

  /** Asks for a channel, or once more for one that is missing. */
  join(login: string): void {
    const before = this.#asked.get(login)
    if (before !== undefined && before.state !== 'missing') return
    this.#ask(login, { state: 'asked', tries: 0, timer: null })
  }

  /** The server has confirmed it, however late. True when that is new. */
  joined(login: string): boolean {
    const asked = this.#asked.get(login)
    if (asked === undefined || asked.state === 'joined') return false
    this.#settle(asked, 'joined')
    return true
  }

  has(login: string): boolean {
    return this.#asked.get(login)?.state === 'joined'
  }

  /** Joined, or known to be missing. */
  settled(login: string): boolean {
    const asked = this.#asked.get(login)
    return asked !== undefined && asked.state !== 'asked'
  }

  /** The server says that there is no such channel. */
  refused(login: string): void {
    const asked = this.#asked.get(login)
    if (asked === undefined) return
    this.#settle(asked, 'missing')
    asked.timer = setTimeout(
      () => this.#ask(login, { ...asked, tries: 0, timer: null }),
      this.#ground.ms(MISSING_AGAIN_MS),
    )
    this.#ears.missing(login)
  }

  /** True when the server had been asked for it. */
  leave(login: string): boolean {
    const asked = this.#asked.get(login)
    if (asked === undefined) return false
    if (asked.timer !== null) clearTimeout(asked.timer)
    return this.#asked.delete(login)
  }

  stop(): void {
    this.#pace.stop()
    for (const login of [...this.#asked.keys()]) this.leave(login)
  }

  #ask(login: string, asked: Asked): void {
    this.leave(login)
    this.#asked.set(login, asked)
    void this.#pace.turn().then(() => {
      if (this.#asked.get(login) !== asked) return
      asked.tries++
      this.#ears.ask(login)
      this.#await(login, asked)
    })
  }

  #await(login: string, asked: Asked): void {
    asked.timer = setTimeout(() => {
      if (this.#ears.deaf()) this.#await(login, asked)
      else if (asked.tries < JOIN_TRIES && asked.state === 'asked') this.#ask(login, { ...asked, timer: null })
      else this.refused(login)
    }, this.#ground.ms(JOIN_WITHIN_MS))
  }

  #settle(asked: Asked, state: Asked['state']): void {
    if (asked.timer !== null) clearTimeout(asked.timer)
    asked.timer = null
    asked.state = state
  }
}
