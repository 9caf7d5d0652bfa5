import { monotonic } from '../../workers/queue/layout.ts'
import type { Bus } from '../bus/bus.ts'
import type { SharedState } from './state.ts'

/** What has changed of a channel goes to the other nodes at once, and then so often, ms; how much was said, which they count themselves, less often. */
const TELL_EVERY_MS = 500
const COUNTS_EVERY_MS = 10_000

export interface TellingParts {
  bus: Pick<Bus, 'tell'>
  state(channelId: string): SharedState
  isHome(channelId: string): boolean
}

/** What a home says of its channels to the other nodes, besides events. */
export class Telling {
  readonly #parts: TellingParts
  readonly #stale = new Set<string>()
  /** Where no more than the counts has changed. */
  readonly #counted = new Set<string>()
  readonly #told = new Map<string, { text: string; at: number }>()
  /** Taken up whole: what is said of it before is not all of it. */
  readonly #whole = new Set<string>()
  readonly #timers: NodeJS.Timeout[] = []

  constructor(parts: TellingParts) {
    this.#parts = parts
  }

  begin(): void {
    this.#timers.push(
      setInterval(() => this.#tellAll(this.#stale), TELL_EVERY_MS),
      setInterval(() => this.#tellAll(this.#counted), COUNTS_EVERY_MS),
    )
    for (const timer of this.#timers) timer.unref()
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  /** From now on it is told of, or not until it is taken up whole again. */
  tellsOf(channelId: string, whole: boolean): void {
    if (whole) this.#whole.add(channelId)
    else this.#whole.delete(channelId)
  }

  /** At once, unless something just was; `now`: in any case. */
  changed(channelId: string, now = false): void {
    const rested = monotonic() - (this.#told.get(channelId)?.at ?? Number.NEGATIVE_INFINITY) >= TELL_EVERY_MS
    if (now || rested) this.#tell(channelId)
    else this.#stale.add(channelId)
  }

  counted(channelId: string): void {
    this.#counted.add(channelId)
  }

  forget(channelId: string): void {
    this.#told.delete(channelId)
    this.#whole.delete(channelId)
  }

  #tellAll(channels: Set<string>): void {
    for (const channelId of channels) this.#tell(channelId)
    channels.clear()
  }

  #tell(channelId: string): void {
    const { bus, state, isHome } = this.#parts
    if (!isHome(channelId) || !this.#whole.has(channelId)) return
    const text = JSON.stringify(state(channelId))
    if (this.#told.get(channelId)?.text === text) return
    this.#told.set(channelId, { text, at: monotonic() })
    bus.tell(channelId, text)
  }
}
