import type { Report } from '../server/protocol.ts'
import type { Clock } from './page-clock.ts'

/** Tells the server how the page is: at once when its place in OBS changes, and now and then when its figures have. */

export const REPORT_EVERY_MS = 10_000
/** A scene that is switched to and fro is told once. */
const AGAIN_AFTER_MS = 1_000

export interface Facts extends Omit<Report, 'type' | 'painted'> {
  /** Milliseconds, the page's clock. */
  paintedAt: number | null
}

export class Reporter {
  readonly #facts: () => Facts
  readonly #say: (report: Report) => void
  readonly #clock: Clock
  #told = ''
  #toldAt = -Infinity
  #due: ReturnType<typeof setTimeout> | undefined

  constructor(facts: () => Facts, say: (report: Report) => void, clock: Clock) {
    this.#facts = facts
    this.#say = say
    this.#clock = clock
    setInterval(() => this.#tell(), REPORT_EVERY_MS)
  }

  /** The line is new: what was told before, nobody knows any more. */
  begin(): void {
    this.#told = ''
    this.changed()
  }

  changed(): void {
    clearTimeout(this.#due)
    const pause = this.#toldAt + AGAIN_AFTER_MS - this.#clock()
    if (pause <= 0) this.#tell()
    else this.#due = setTimeout(() => this.#tell(), pause)
  }

  #tell(): void {
    const facts = this.#facts()
    const told = JSON.stringify(facts)
    if (told === this.#told) return
    this.#told = told
    this.#toldAt = this.#clock()
    const { paintedAt, ...rest } = facts
    // Whole milliseconds: the page's clock has parts of them.
    const painted = paintedAt === null ? null : Math.max(0, Math.round(this.#toldAt - paintedAt))
    this.#say({ type: 'report', ...rest, painted })
  }
}
