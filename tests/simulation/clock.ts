import { seeded } from '../../workers/random.ts'

/** Whose a timer is: all of them end with whoever set them. */
export type Owner = 'server' | 'worker' | 'page'

interface Timer {
  due: number
  nth: number
  owner: Owner
  act(): void
  /** Set again so much later; null = once. */
  every: number | null
}

/** 2026, some morning. */
const WALL_START_MS = 1_780_000_000_000
const GLOBALS = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
] as const

/** What was there before the simulation: to let promises run. */
const breathe = setImmediate

/** Time that passes only when it is told to, and the jitter of one seed. It stands in Node's place while a history runs. */
export class Clock {
  /** Since the beginning, ms; never jumps. */
  now = 0
  /** Whoever acts right now. */
  #owner: Owner = 'server'
  #wall = WALL_START_MS
  readonly #timers = new Map<object, Timer>()
  #nth = 0

  /** Returns what gives Node's own back. */
  install(seed: number): () => void {
    const before = GLOBALS.map((name): [string, unknown] => [name, Reflect.get(globalThis, name)])
    const { now } = Date
    const { random } = Math
    const set = (act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      this.#set(() => act(...args), ms, false)
    const repeat = (act: () => void, ms = 0) => this.#set(act, ms, true)
    const clear = (timer: object | null | undefined) => void (timer && this.#timers.delete(timer))
    const soon = (act: (...args: unknown[]) => void, ...args: unknown[]) => set(act, 0, ...args)
    const own = [set, clear, repeat, clear, soon, clear]
    for (const [nth, name] of GLOBALS.entries()) Reflect.set(globalThis, name, own[nth])
    Date.now = () => Math.floor(this.#wall + this.now)
    Math.random = seeded(seed)
    Reflect.set(performance, 'now', () => this.now)
    Object.defineProperty(performance, 'timeOrigin', { value: WALL_START_MS, configurable: true })
    return () => {
      for (const [name, value] of before) Reflect.set(globalThis, name, value)
      Date.now = now
      Math.random = random
      Reflect.deleteProperty(performance, 'now')
      Reflect.deleteProperty(performance, 'timeOrigin')
    }
  }

  /** The wall clock is put forward or back; the other one goes on. */
  jump(ms: number): void {
    this.#wall += ms
  }

  /** Runs what is due next; time passes until then. */
  tick(): void {
    let next: [object, Timer] | null = null
    for (const entry of this.#timers) if (next === null || isBefore(entry[1], next[1])) next = entry
    if (next === null) return
    const [key, timer] = next
    this.now = Math.max(this.now, timer.due)
    if (timer.every === null) this.#timers.delete(key)
    else Object.assign(timer, { due: this.now + timer.every, nth: this.#nth++ })
    this.as(timer.owner, timer.act)
  }

  as<R>(owner: Owner, act: () => R): R {
    const before = this.#owner
    this.#owner = owner
    try {
      return act()
    } finally {
      // What a page does behind an await belongs to it, too.
      if (owner !== 'page') this.#owner = before
    }
  }

  /** Lets all promises run that can; from then on the server acts. */
  async settle(): Promise<void> {
    await new Promise((resolve) => breathe(resolve))
    this.#owner = 'server'
  }

  /** Nothing of theirs happens any more. */
  drop(owner: Owner): void {
    for (const [key, timer] of this.#timers) if (timer.owner === owner) this.#timers.delete(key)
  }

  #set(act: () => void, ms: number, again: boolean): object {
    const key = { unref: () => key, ref: () => key, hasRef: () => true }
    const pause = Math.max(ms, again ? 1 : 0)
    this.#timers.set(key, {
      due: this.now + pause,
      nth: this.#nth++,
      owner: this.#owner,
      act,
      every: again ? pause : null,
    })
    return key
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.nth < other.nth)
}
