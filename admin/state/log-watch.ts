import { type Signal, signal } from '@preact/signals'
import type { LogView } from '../../server/api.ts'
import { type ApiError, asApiError } from '../api.ts'

export type LogLine = LogView['items'][number]
export type LogLevel = LogLine['level']

/** Lines that are shown; older ones go. */
export const SHOWN_LINES = 500
const LOOK_EVERY_MS = 2_000

/** The end of the log as it grows, for as long as it is followed. */
export class LogWatch {
  readonly lines: Signal<readonly LogLine[]> = signal([])
  readonly error: Signal<ApiError | null> = signal(null)
  readonly loaded: Signal<boolean> = signal(false)
  /** What the server writes at all. */
  readonly written: Signal<string> = signal('')
  readonly #ask: (after: number, level: LogLevel) => Promise<LogView>
  #level: LogLevel
  #last = 0
  /** Of several servers, the one whose lines these are. */
  #node: string | undefined
  /** Only the newest question may be answered. */
  #asked = 0
  /** Whoever answers slower than it is asked must not be asked again meanwhile: no answer would be the newest. */
  #waiting = false
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(ask: (after: number, level: LogLevel) => Promise<LogView>, level: LogLevel) {
    this.#ask = ask
    this.#level = level
  }

  follow(on: boolean): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    if (!on) return
    void this.look()
    this.#timer = setInterval(() => this.#waiting || void this.look(), LOOK_EVERY_MS)
  }

  /** Begins anew with lines of that level and worse. */
  choose(level: LogLevel): void {
    this.#level = level
    this.#last = 0
    this.lines.value = []
    void this.look()
  }

  async look(): Promise<void> {
    const asked = ++this.#asked
    const after = this.#last
    this.#waiting = true
    try {
      const { items, last, level, node } = await this.#ask(after, this.#level)
      if (asked !== this.#asked) return
      if (after !== 0 && node !== this.#node) {
        this.choose(this.#level)
        return
      }
      this.#node = node
      // A server that was started again counts from the beginning.
      const anew = last < after
      this.#last = anew ? 0 : last
      this.lines.value = [...(anew ? [] : this.lines.peek()), ...items].slice(-SHOWN_LINES)
      this.written.value = level
      this.error.value = null
      this.loaded.value = true
    } catch (thrown) {
      if (asked === this.#asked) this.error.value = asApiError(thrown)
    } finally {
      if (asked === this.#asked) this.#waiting = false
    }
  }
}
