import type { Clock } from './page-clock.ts'

/**
 * Where the page stands in OBS, as far as OBS says: its events need no permission and come to every page, its calls may
 * never answer. A page outside OBS knows only whether its tab is in front.
 */

export interface Place {
  visible: boolean
  /** On programme. */
  active: boolean | null
  streaming: boolean | null
  recording: boolean | null
}

/** An answer that comes later than this is older than what the events have said. */
const ANSWER_WITHIN_MS = 2_000

const EVENTS: Readonly<Record<string, (detail: unknown) => Partial<Heard>>> = {
  obsSourceVisibleChanged: (detail) => flag('shown', 'visible', detail),
  obsSourceActiveChanged: (detail) => flag('active', 'active', detail),
  obsStreamingStarted: () => ({ streaming: true }),
  obsStreamingStopped: () => ({ streaming: false }),
  obsRecordingStarted: () => ({ recording: true }),
  obsRecordingStopped: () => ({ recording: false }),
}

interface Heard extends Omit<Place, 'visible'> {
  shown: boolean | null
}

export class Presence {
  readonly #page: Window
  readonly #clock: Clock
  readonly #changed: () => void
  #heard: Heard = { shown: null, active: null, streaming: null, recording: null }

  /** `changed` is called after each change of `now`. */
  constructor(page: Window, clock: Clock, changed: () => void) {
    this.#page = page
    this.#clock = clock
    this.#changed = changed
    for (const [name, read] of Object.entries(EVENTS)) {
      page.addEventListener(name, (event) => this.#hear(read('detail' in event ? event.detail : null)))
    }
    page.document.addEventListener('visibilitychange', () => {
      changed()
      this.#ask()
    })
    this.#ask()
  }

  /** One release of OBS does not tell the page that it is hidden, only that its source is; either is enough. */
  get now(): Place {
    const { shown, ...place } = this.#heard
    return { visible: !this.#page.document.hidden && shown !== false, ...place }
  }

  #hear(said: Partial<Heard>): void {
    const before = JSON.stringify(this.#heard)
    this.#heard = { ...this.#heard, ...said }
    if (JSON.stringify(this.#heard) !== before) this.#changed()
  }

  /** Whether OBS streams and records; the events tell only of changes. */
  #ask(): void {
    const studio = this.#page.obsstudio
    if (this.#page.document.hidden || typeof studio?.getStatus !== 'function') return
    const asked = this.#clock()
    try {
      studio.getStatus((status: unknown) => {
        if (this.#clock() - asked > ANSWER_WITHIN_MS) return
        this.#hear({ ...flag('streaming', 'streaming', status), ...flag('recording', 'recording', status) })
      })
    } catch {
      // A dock of OBS has the calls, and they do not work there.
    }
  }
}

function flag(name: keyof Heard, key: string, said: unknown): Partial<Heard> {
  const value =
    typeof said === 'object' && said !== null ? Object.entries(said).find(([each]) => each === key)?.[1] : null
  return typeof value === 'boolean' ? { [name]: value } : {}
}
