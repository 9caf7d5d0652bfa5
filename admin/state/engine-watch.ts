import { type ReadonlySignal, signal } from '@preact/signals'
import type { EngineView } from '../../server/api.ts'
import { asApiError } from '../api.ts'
import { type EngineState, engine, NO_ENGINE } from './engine.ts'

const LOOK_EVERY_MS = 500
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 8_000
const NOT_THERE = 404

/** What the watch needs of the page: whether somebody looks. */
export interface Sight {
  hidden: boolean
  addEventListener(type: 'visibilitychange', listener: () => void): void
  removeEventListener(type: 'visibilitychange', listener: () => void): void
}

/** Asks for measurements twice a second while the page is seen; with growing pauses while there is no answer. */
export class EngineWatch {
  readonly #state = signal(NO_ENGINE)
  readonly #ask: () => Promise<EngineView>
  readonly #sight: Sight
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking = false
  #running = false
  #failures = 0

  constructor(ask: () => Promise<EngineView>, sight: Sight) {
    this.#ask = ask
    this.#sight = sight
  }

  get state(): ReadonlySignal<EngineState> {
    return this.#state
  }

  start(): void {
    this.#running = true
    this.#sight.addEventListener('visibilitychange', this.#look)
    this.#look()
  }

  stop(): void {
    this.#running = false
    this.#sight.removeEventListener('visibilitychange', this.#look)
    clearTimeout(this.#timer)
  }

  /** At once, without waiting for the pause to end. */
  lookNow(): void {
    this.#failures = 0
    if (this.#running) this.#look()
  }

  #look = (): void => {
    clearTimeout(this.#timer)
    if (this.#sight.hidden || this.#asking) return
    this.#asking = true
    void this.#hear()
  }

  async #hear(): Promise<void> {
    const asked = performance.now()
    try {
      const sample = await this.#ask()
      this.#failures = 0
      this.#state.value = engine(this.#state.peek(), { sample })
    } catch (thrown) {
      this.#failures++
      this.#state.value = engine(this.#state.peek(), { error: asApiError(thrown) })
    }
    this.#asking = false
    if (this.#state.peek().error?.status === NOT_THERE) this.stop()
    if (this.#running) this.#again(performance.now() - asked)
  }

  #again(took: number): void {
    const pause =
      this.#failures === 0
        ? Math.max(0, LOOK_EVERY_MS - took)
        : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1))
    this.#timer = setTimeout(this.#look, pause)
  }
}
