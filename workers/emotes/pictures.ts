import { Backoff } from '../backoff.ts'
import { OutsideError } from '../fetching.ts'
import type { Ground } from '../platforms/platform.ts'

/** Pictures of badges change seldom, ms. */
const REFRESH_MS = 24 * 60 * 60_000
const FAILED = { first: 30_000, longest: 60 * 60_000 }

/** The pictures of badges that a platform gives for one channel, or for all, kept up to date. Failing, it keeps what it has. */
export class Pictures {
  readonly #ask: (signal: AbortSignal) => Promise<ReadonlyMap<string, string>>
  readonly #ground: Ground
  readonly #flaw: (error: unknown) => void
  readonly #backoff: Backoff
  readonly #ended = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #known: ReadonlyMap<string, string> = new Map()

  /** `flaw` is told what `ask` threw that is not from outside. */
  constructor(
    ask: (signal: AbortSignal) => Promise<ReadonlyMap<string, string>>,
    ground: Ground,
    flaw: (error: unknown) => void,
  ) {
    this.#ask = ask
    this.#ground = ground
    this.#flaw = flaw
    this.#backoff = new Backoff(FAILED, ground.random)
    void this.#live()
  }

  /** Badge id → address. */
  get known(): ReadonlyMap<string, string> {
    return this.#known
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#ended.abort()
  }

  async #live(): Promise<void> {
    const pause = await this.#refresh()
    if (!this.#ended.signal.aborted) this.#timer = setTimeout(() => void this.#live(), this.#ground.ms(pause))
  }

  async #refresh(): Promise<number> {
    try {
      this.#known = await this.#ask(this.#ended.signal)
      this.#backoff.succeeded()
      return REFRESH_MS
    } catch (error) {
      if (!(error instanceof OutsideError)) this.#flaw(error)
      return this.#backoff.next()
    }
  }
}
