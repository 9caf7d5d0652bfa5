/** Growing pauses with jitter, and turns: so that many who lost the same server do not come back all at once. */

export interface Growth {
  /** The first pause, ms, and the longest one. */
  first: number
  longest: number
}

/** Of a pause, so much is left to chance: half of it up or down. */
const JITTER = 0.5

export class Backoff {
  readonly #growth: Growth
  readonly #random: () => number
  #tries = 0

  constructor(growth: Growth, random: () => number = Math.random) {
    this.#growth = growth
    this.#random = random
  }

  /** How often it was asked since the last success. */
  get tries(): number {
    return this.#tries
  }

  /** The next pause in ms: twice the one before, up to the longest, and then half of it more or less. */
  next(): number {
    const { first, longest } = this.#growth
    const pause = Math.min(longest, first * 2 ** Math.min(this.#tries++, 30))
    return Math.round(pause * (1 - JITTER + 2 * JITTER * this.#random()))
  }

  /** It worked: the next failure begins with the first pause. */
  succeeded(): void {
    this.#tries = 0
  }
}

/** At most `turns` in any `windowMs`, in the order they were asked for. */
export class Pace {
  readonly #turns: number
  readonly #windowMs: number
  readonly #given: number[] = []
  #waiting: (() => void)[] = []
  #timer: NodeJS.Timeout | null = null
  #stopped = false

  constructor(turns: number, windowMs: number) {
    this.#turns = turns
    this.#windowMs = windowMs
  }

  /** Resolves when it is this caller's turn; never after `stop`. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopped) return
      this.#waiting.push(resolve)
      this.#give()
    })
  }

  /** Nobody gets a turn any more. */
  stop(): void {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#waiting = []
  }

  #give(): void {
    if (this.#timer !== null) return
    const now = performance.now()
    while (this.#given.length > 0 && now - (this.#given[0] ?? 0) >= this.#windowMs) this.#given.shift()
    while (this.#waiting.length > 0 && this.#given.length < this.#turns) {
      this.#given.push(now)
      this.#waiting.shift()?.()
    }
    if (this.#waiting.length === 0) return
    const wait = Math.ceil((this.#given[0] ?? now) + this.#windowMs - now)
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#give()
    }, wait)
  }
}
