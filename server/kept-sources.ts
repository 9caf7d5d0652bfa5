import type { SourceReport, SourceState } from '../workers/followed.ts'
import type { ConnectorView } from './api/instance.ts'
import type { LastBeat } from './heartbeat.ts'
import type { Metrics } from './metrics.ts'
import type { StoredSource } from './stores/sources.ts'

const HEARING = new Set<SourceState>(['live', 'stale'])

/** A source as it is kept, and how it is. */
export interface Kept {
  source: StoredSource
  /** The worker's number for it; a new one each time that it is followed anew. */
  number: number
  /** Of the worker at work. */
  report: SourceReport
  /** Events taken by the workers before. */
  taken: number
  /** Since when it is not heard; null = it is, or there is nothing to miss. */
  leftAt: number | null
  /** When the worker died over its payloads, ms. */
  deaths: number[]
  paused: NodeJS.Timeout | null
}

/** What no longer holds once the worker that told it is gone. */
export const LOST = { error: null, retryAt: null }

const NOTHING_YET: SourceReport = {
  state: 'connecting',
  since: 0,
  ...LOST,
  lastEventAt: null,
  events: 0,
  way: null,
  quota: null,
}

/** The sources of all channels: by channel and platform, and, as long as they stand there, by the worker's number. */
export class KeptSources {
  readonly #metrics: Metrics
  readonly #byChannel = new Map<string, Map<string, Kept>>()
  readonly #byNumber = new Map<number, Kept>()
  #nextNumber = 1

  constructor(metrics: Metrics) {
    this.#metrics = metrics
  }

  /** In place of what the channel followed on the platform before; that is still found by its number until it is dropped. */
  add(source: StoredSource): Kept {
    const report = { ...NOTHING_YET, since: Date.now() }
    const kept: Kept = { source, number: this.#nextNumber++, report, taken: 0, leftAt: null, deaths: [], paused: null }
    const all = this.#byChannel.get(source.channelId) ?? new Map<string, Kept>()
    this.#byChannel.set(source.channelId, all.set(source.platform, kept))
    this.#byNumber.set(kept.number, kept)
    if (source.enabled) this.#metrics.sources.inc({ platform: source.platform, state: report.state })
    return kept
  }

  /** What its number brings from here on is nobody's. */
  drop(kept: Kept): void {
    this.#byNumber.delete(kept.number)
    if (kept.paused !== null) clearTimeout(kept.paused)
    const { platform, enabled } = kept.source
    if (enabled) this.#metrics.sources.dec({ platform, state: kept.report.state })
  }

  forget({ channelId, platform }: Pick<StoredSource, 'channelId' | 'platform'>): void {
    const all = this.#byChannel.get(channelId)
    all?.delete(platform)
    if (all?.size === 0) this.#byChannel.delete(channelId)
  }

  enter(kept: Kept, report: SourceReport): void {
    const { platform, enabled } = kept.source
    if (enabled && kept.report.state !== report.state) {
      this.#metrics.sources.dec({ platform, state: kept.report.state })
      this.#metrics.sources.inc({ platform, state: report.state })
    }
    kept.report = report
  }

  of(channelId: string): Kept[] {
    return [...(this.#byChannel.get(channelId)?.values() ?? [])]
  }

  find(channelId: string, platform: string): Kept | undefined {
    return this.#byChannel.get(channelId)?.get(platform)
  }

  numbered(number: number): Kept | undefined {
    return this.#byNumber.get(number)
  }

  all(): Iterable<Kept> {
    return this.#byNumber.values()
  }

  /** Since when those are away that are followed and not heard right now. */
  away(): LastBeat['away'] {
    const away = [...this.all()].filter(({ source, report }) => source.enabled && !isHeard(report))
    return Object.fromEntries(away.map(({ source, leftAt }) => [nameOf(source), leftAt]))
  }

  /** How many of those that are followed are in which state, by platform. */
  states(): Omit<ConnectorView, 'label'>[] {
    const views = new Map<string, Omit<ConnectorView, 'label'>>()
    for (const { source, report } of this.all()) {
      if (!source.enabled) continue
      const { platform } = source
      const view = views.get(platform) ?? { platform, states: {}, lastEventAt: null }
      views.set(platform, view)
      view.states[report.state] = (view.states[report.state] ?? 0) + 1
      if (report.lastEventAt !== null) view.lastEventAt = Math.max(view.lastEventAt ?? 0, report.lastEventAt)
    }
    return [...views.values()]
  }
}

/** Since when a source is not heard that was heard until `now`, or already was not. */
export function leftAt({ report, leftAt: before }: Kept, now: number): number | null {
  return isHeard(report) ? now : before
}

export function isHeard({ state }: SourceReport): boolean {
  return HEARING.has(state)
}

export function nameOf({ channelId, platform }: Pick<StoredSource, 'channelId' | 'platform'>): string {
  return `${channelId}.${platform}`
}
