import type { Report } from '../server/protocol.ts'
import type { Clock } from './page-clock.ts'
import { Presence } from './presence.ts'
import { type Reload, reloadOfPage, type Scene } from './reload.ts'
import { Reporter } from './report.ts'

/** The page's home in OBS: where it stands there, and what it tells the server of itself. Loaded after the first look at chat. */

export interface HomeEnds {
  /** The page is seen again, or no longer. */
  seen(): void
  say(report: Report): void
  rows(): number
  /** Frames of the server that wait to be drawn. */
  queue(): number
  /** The server build that this page was reloaded for, if it was. */
  reloadedFor: string | null
  /** Handed over, so that it does not become a file of its own that every overlay waits for. */
  clock: Clock
}

export class Home {
  readonly #clock: Clock
  readonly #presence: Presence
  readonly #reporter: Reporter
  readonly #reload: Reload
  #paintedAt: number | null = null
  #painting = false

  constructor({ seen, say, rows, queue, reloadedFor, clock }: HomeEnds) {
    this.#clock = clock
    this.#presence = new Presence(window, clock, () => {
      seen()
      this.#reporter.changed()
    })
    const facts = () => ({
      ...this.#presence.now,
      ...{ build: __BUILD__, paintedAt: this.#paintedAt, rows: rows(), queue: queue() },
    })
    this.#reporter = new Reporter(facts, say, clock)
    this.#reload = reloadOfPage(__BUILD__, reloadedFor)
  }

  get visible(): boolean {
    return this.#presence.now.visible
  }

  /** What the server runs, after each change; `asked`: somebody wants the page to load anew. */
  look(build: string | null, scene: Scene, asked: boolean): void {
    if (asked) this.#reload.ask()
    this.#reload.look(build, scene)
  }

  /** The line is new. */
  connected(): void {
    this.#reporter.begin()
  }

  /** A change was drawn. It has reached the screen with the next frame, if there is one. */
  drawn(): void {
    if (this.#painting) return
    this.#painting = true
    requestAnimationFrame(() => {
      this.#painting = false
      this.#paintedAt = this.#clock()
    })
  }
}
