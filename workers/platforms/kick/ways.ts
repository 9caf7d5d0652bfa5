import type { Ground } from '../platform.ts'
import type { Way } from './negotiate.ts'
import type { Provider } from './talk.ts'

/** A provider that wants nothing of us is left alone for so long. */
export const LATER_MS = 5 * 60_000

/** Which of the offered ways to take: the best that works. */
export class Ways {
  readonly #ground: Ground
  /** Those that did not work since one did. */
  readonly #failed = new Set<Provider>()
  /** Until when each is left alone, ms of the steady clock. */
  readonly #barred = new Map<Provider, number>()

  constructor(ground: Ground) {
    this.#ground = ground
  }

  /** The best way that is not barred and did not just fail; once all failed, they begin anew. */
  choose(ways: readonly Way[]): Way | undefined {
    const open = ways.filter(({ provider }) => this.#left(provider) <= 0)
    const fresh = open.find(({ provider }) => !this.#failed.has(provider))
    if (fresh === undefined) this.#failed.clear()
    return fresh ?? open[0]
  }

  /** How long all of these ways are barred, ms. */
  closedFor(ways: readonly Way[]): number {
    return Math.max(0, Math.min(...ways.map(({ provider }) => this.#left(provider))))
  }

  worked(): void {
    this.#failed.clear()
  }

  failed(provider: Provider): void {
    this.#failed.add(provider)
  }

  bar(provider: Provider): void {
    this.#barred.set(provider, this.#ground.steady() + this.#ground.ms(LATER_MS))
  }

  /** A person wants it tried at once. */
  forgive(): void {
    this.#failed.clear()
    this.#barred.clear()
  }

  #left(provider: Provider): number {
    return (this.#barred.get(provider) ?? 0) - this.#ground.steady()
  }
}
