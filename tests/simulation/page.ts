import { Flush } from '../../overlay/flush.ts'
import { pageClock } from '../../overlay/page-clock.ts'
import { Line } from '../../overlay/socket.ts'
import { type FeedState, initialState, isBehind, nextTick, reduceAll, resumePlace } from '../../overlay/state.ts'
import { UNPACED } from '../../overlay/waiting.ts'
import type { Word } from '../../overlay/words.ts'
import type { OverlaySettings } from '../../server/look.ts'
import type { ChatEvent, ServerFrame, Welcome } from '../../server/protocol.ts'
import type { Owner } from './clock.ts'
import type { PageLog, Position } from './history.ts'

/** More rows than a history has: none is pushed out. */
const ROWS = 100_000

/** What a plant in the page's own parts may change, to see that it is found. */
export interface PagePlants {
  /** Where it says that it stands. */
  place?(place: Position | null): Position | null
  /** What it hears. */
  hear?(frame: ServerFrame): ServerFrame
}

/** The time that a page's log is written by, and who acts. */
export interface PageClock {
  readonly now: number
  as<R>(owner: Owner, act: () => R): R
}

export interface PageOptions extends PagePlants {
  delaySeconds?: number
  /** The overlay's when not given. */
  door?: 'overlay' | 'dock'
  /** Name or address and port of the server. */
  host?: string
  key?: string
  /** Each frame as it comes, and each time that something of it was taken in. */
  heard?(frame: ServerFrame): void
  took?(): void
}

/** One overlay: its line, what gathers frames, and its feed, as `overlay/main.ts` puts them together. What it draws is written down. */
export class Page {
  readonly log: PageLog
  readonly #clock: PageClock
  readonly #flush: Flush
  readonly #line: Line
  readonly #delaySeconds: number
  readonly #took: () => void
  #state: FeedState | null = null
  #tick: NodeJS.Timeout | undefined
  #closed = false
  /** The next events are a snapshot. */
  #promised = false

  constructor(name: string, clock: PageClock, options: PageOptions = {}) {
    this.log = { name, seen: [], rows: [], stands: null }
    this.#clock = clock
    this.#delaySeconds = options.delaySeconds ?? 0
    this.#took = options.took ?? (() => {})
    this.#flush = new Flush((words) => this.#apply(words))
    const { heard, door, host = 'crosschat.test', key = 'k' } = options
    const { place = (own: Position | null) => own, hear = (frame: ServerFrame) => frame } = options
    this.#line = new Line({
      ...(door !== undefined && { door }),
      location: { protocol: 'http:', host },
      key,
      client: {},
      place: () => place(this.#standing()),
      receive: (frame: ServerFrame) => {
        heard?.(frame)
        this.#flush.push(hear(frame))
      },
      changed: () => {},
    })
  }

  /** Resolves when it can be left to itself: it fetches a module first. */
  async start(): Promise<void> {
    this.#clock.as('page', () => this.#line.start())
    await import('../../overlay/event-stream.ts')
  }

  /** OBS throws it away. */
  close(): void {
    this.#closed = true
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Everything that it got is on screen, and nothing is missing that it knows of. */
  get calm(): boolean {
    return (
      this.#state !== null && this.#state.waiting.length === 0 && this.#flush.waiting === 0 && !isBehind(this.#state)
    )
  }

  #standing(): Position | null {
    this.#flush.now()
    return this.#state && resumePlace(this.#state)
  }

  #apply(words: readonly Word[]): void {
    if (this.#closed) return
    const before = this.#state ?? firstState(words, (settings) => this.#dressed(settings))
    if (before === null) return
    const now = pageClock()
    const after = reduceAll(before, words, { now, visible: true })
    this.#state = after
    this.#note(words, before, after)
    this.#took()
    if (isBehind(after) && !isBehind(before)) this.#line.again()
    clearTimeout(this.#tick)
    const next = nextTick(after)
    if (next < Number.POSITIVE_INFINITY)
      this.#tick = setTimeout(() => this.#pass(), Math.min(2 ** 31 - 1, Math.max(0, next - now)))
  }

  #pass(): void {
    this.#flush.push({ type: 'tick' })
  }

  #dressed(settings: OverlaySettings): OverlaySettings {
    return { ...settings, maxMessages: ROWS, ratePerSecond: UNPACED, delaySeconds: this.#delaySeconds }
  }

  #note(words: readonly Word[], before: FeedState, after: FeedState): void {
    for (const word of words) {
      if (word.type === 'welcome') this.#noteWelcome(word, resumePlace(before) === null)
      else if (word.type === 'events' && this.#promised) this.#noteSnapshot(word.events)
    }
    // Until the promised snapshot is there, it knows of no more than before.
    const upTo = resumePlace(after) ?? this.log.stands ?? after.place
    if (upTo === null) return
    for (const { id } of added(before.rows, after.rows)) this.log.seen.push({ type: 'shown', id, upTo: { ...upTo } })
    this.log.rows = after.rows.map(({ id }) => id)
    this.log.stands = upTo
  }

  #noteWelcome({ epoch, seq, recovered }: Welcome, anew: boolean): void {
    this.log.seen.push({ type: 'welcome', epoch, seq, recovered, anew, at: this.#clock.now })
    this.#promised = !recovered
  }

  #noteSnapshot(events: readonly ChatEvent[]): void {
    this.log.seen.push({ type: 'snapshot', ids: events.filter(isDrawn).map(({ id }) => id) })
    this.#promised = false
  }
}

/** Rows that did not stand before. Most of the time they stand behind all that did. */
function added<Row extends { id: string }>(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  if (before.every((row, nth) => row === after[nth])) return after.slice(before.length)
  const stood = new Set(before.map(({ id }) => id))
  return after.filter(({ id }) => !stood.has(id))
}

function isDrawn(event: ChatEvent): boolean {
  return (event.kind === 'message' || event.kind === 'notice') && event.hidden === undefined
}

function firstState(words: readonly Word[], dress: (settings: OverlaySettings) => OverlaySettings): FeedState | null {
  const first = words.find((word) => word.type === 'welcome')
  return first === undefined ? null : initialState(first, ({ settings }) => dress(settings))
}
