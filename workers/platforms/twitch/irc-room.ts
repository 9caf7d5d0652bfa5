import type { Ears } from '../platform.ts'

type State =
  | { name: 'connecting' | 'live' | 'missing' }
  /** `until`: ms of the steady clock. */
  | { name: 'retry'; why: string; until: number }

/** Twitch asks for no login of whoever only reads. */
const WAY = 'Anonymous'
const HEADERS = { 'content-type': 'text/plain' }

/** One Twitch channel, for all who follow it: each is told how it is, and gets every line of it. */
export class Room {
  readonly login: string
  readonly #steady: () => number
  readonly #ears = new Set<Ears>()
  #state: State = { name: 'connecting' }
  #id = ''

  constructor(login: string, steady: () => number) {
    this.login = login
    this.#steady = steady
  }

  get empty(): boolean {
    return this.#ears.size === 0
  }

  /** Whoever comes later is told how it is by now. What was written since it was left is missing, whoever else has heard it. */
  add(ears: Ears): void {
    this.#ears.add(ears)
    if (this.#id !== '') ears.learn({ id: this.#id })
    this.#tell(ears, { filled: false })
  }

  remove(ears: Ears): void {
    this.#ears.delete(ears)
  }

  connecting(): void {
    this.#enter({ name: 'connecting' })
  }

  /** Confirmed by the server. `filled`: another connection has heard it all the time. */
  live(how: { filled: boolean }): void {
    this.#enter({ name: 'live' }, how)
  }

  missing(): void {
    this.#enter({ name: 'missing' })
  }

  retry(why: string, pause: number): void {
    this.#enter({ name: 'retry', why, until: this.#steady() + pause })
  }

  stale(): void {
    for (const ears of this.#ears) ears.stale()
  }

  heard(): void {
    for (const ears of this.#ears) ears.heard()
  }

  learn(id: string): void {
    this.#id = id
    for (const ears of this.#ears) ears.learn({ id })
  }

  /** Everyone gets the lines; a promise is given while one of them takes no more. */
  take(lines: string[]): Promise<unknown> | null {
    const body = lines.join('\r\n')
    const full: Promise<void>[] = []
    for (const ears of this.#ears) {
      const taken = ears.take(body, HEADERS)
      if (taken.full !== null) full.push(taken.full)
    }
    return full.length === 0 ? null : Promise.all(full)
  }

  #enter(state: State, how = { filled: false }): void {
    this.#state = state
    for (const ears of this.#ears) this.#tell(ears, how)
  }

  #tell(ears: Ears, how: { filled: boolean }): void {
    const state = this.#state
    switch (state.name) {
      case 'connecting':
        ears.connecting()
        break
      case 'live':
        ears.live({ ...how, way: WAY })
        break
      case 'missing':
        ears.attention(
          `No Twitch channel named '${this.login}'. Check the spelling: it is the last part of twitch.tv/… A suspended channel cannot be read.`,
        )
        break
      case 'retry':
        ears.retry(state.why, Math.max(0, state.until - this.#steady()))
        break
    }
  }
}
