import type { Broadcast, Facts, Quota, SourceOrder, SourceReport, SourceState } from './followed.ts'
import type { Brought } from './intake.ts'
import type { Ears, PushHeaders, Taken } from './platforms/platform.ts'

/** States in which the source hears the platform, so that losing it leaves something out. */
const HEARING: ReadonlySet<SourceState> = new Set(['live', 'stale'])
/** Shorter breaks than this are between two messages. */
export const SHORTEST_GAP_MS = 1

/** What a source is connected to inside. */
export interface SourceEnds {
  now(): number
  bring(source: Source, body: string, headers: PushHeaders): Brought
  /** Resolves when the line takes more again. */
  room(): Promise<void>
  /** The report changed. */
  changed(source: Source): void
  learnt(source: Source, facts: Facts): void
  gap(source: Source, from: number, to: number): void
  broadcast(source: Source, news: Broadcast): void
}

/**
 * One followed channel of one platform, as its connector tells of it: the state, when something was last heard, and what was missed. A
 * break that nobody filled becomes one gap, from the last sign of life to the moment the platform confirmed the channel again, or said
 * that there is no chat any more.
 */
export class Source implements Ears {
  readonly order: SourceOrder
  readonly #ends: SourceEnds
  report: SourceReport
  #facts: Facts
  /** The last sign of life while connected; where a gap begins when this is not heard again. Null = nothing is missing. */
  #leftAt: number | null
  #heardAt: number

  constructor(order: SourceOrder, ends: SourceEnds) {
    this.order = order
    this.#ends = ends
    this.#facts = order.facts
    this.#leftAt = order.leftAt
    this.#heardAt = ends.now()
    this.report = {
      state: 'connecting',
      since: ends.now(),
      error: null,
      retryAt: null,
      lastEventAt: null,
      events: 0,
      way: null,
      quota: null,
    }
  }

  get facts(): Facts {
    return this.#facts
  }

  take(body: string, headers: PushHeaders = {}): Taken {
    this.heard()
    const { accepted, duplicates, full } = this.#ends.bring(this, body, headers)
    if (accepted > 0) {
      this.report = { ...this.report, events: this.report.events + accepted, lastEventAt: this.#ends.now() }
      this.#ends.changed(this)
    }
    return { accepted, duplicates, full: full ? this.#ends.room() : null }
  }

  /**
   * A signed delivery brought so many events: they came past the connection, so that they say nothing of how that is, nor of what
   * it misses.
   */
  delivered(events: number): void {
    if (events === 0) return
    this.report = { ...this.report, events: this.report.events + events, lastEventAt: this.#ends.now() }
    this.#ends.changed(this)
  }

  heard(): void {
    this.#heardAt = this.#ends.now()
    if (this.report.state === 'stale') this.#enter('live')
  }

  connecting(): void {
    this.#enter('connecting')
  }

  live({ filled, way }: { filled: boolean; way?: string }): void {
    this.#missed(filled)
    this.#heardAt = this.#ends.now()
    this.#enter('live', { way: way ?? this.report.way })
  }

  waiting(why: string, { filled = false } = {}): void {
    this.#missed(filled)
    this.#enter('waiting', { error: why })
  }

  stale(): void {
    if (this.report.state === 'live') this.#enter('stale')
  }

  retry(why: string, pause: number): void {
    this.#enter('retry', { error: why, retryAt: this.#ends.now() + pause })
  }

  attention(why: string): void {
    this.#enter('attention', { error: why })
  }

  learn(facts: Facts): void {
    const known = { ...this.#facts }
    for (const [name, value] of Object.entries(facts)) {
      if (value === '') delete known[name]
      else known[name] = value
    }
    if (same(known, this.#facts)) return
    this.#facts = known
    this.#ends.learnt(this, known)
  }

  broadcast(news: Broadcast): void {
    this.#ends.broadcast(this, news)
  }

  quota(quota: Quota): void {
    this.report = { ...this.report, quota }
    this.#ends.changed(this)
  }

  /** The break is over, if there was one: what was missed in it is told, unless it is `filled`. */
  #missed(filled: boolean): void {
    const now = this.#ends.now()
    const from = this.#leftAt
    this.#leftAt = null
    // Where the clock was set back meanwhile, how long it was is not known, but that it was is.
    if (!filled && from !== null && Math.abs(now - from) >= SHORTEST_GAP_MS)
      this.#ends.gap(this, Math.min(from, now), now)
  }

  #enter(state: SourceState, detail: Partial<SourceReport> = {}): void {
    const before = this.report
    if (HEARING.has(before.state) && !HEARING.has(state) && state !== 'waiting') this.#leftAt ??= this.#heardAt
    const since = before.state === state ? before.since : this.#ends.now()
    this.report = { ...before, error: null, retryAt: null, ...detail, state, since }
    this.#ends.changed(this)
  }
}

function same(one: Facts, other: Facts): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
