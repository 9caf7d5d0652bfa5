import type { SourceReport } from '../workers/followed.ts'
import { isHeard, type Kept, type KeptSources, LOST, leftAt } from './kept-sources.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { SourceOrders } from './source-orders.ts'

/** A source over whose payloads the worker died so often, within so long, is left alone for a while, so that other chats go on. */
export const DEATHS_TO_PAUSE = 2
export const DEATHS_WITHIN_MS = 10 * 60_000
export const PAUSE_MS = 5 * 60_000
const PAUSED =
  'Something that came from there could not be read and stopped the reader twice. It goes on in some minutes.'

export interface ReportParts {
  kept: KeptSources
  orders: Pick<SourceOrders, 'post'>
  /** The view of one is another than before. */
  changed(channelId: string): void
  log: Log
  metrics: Metrics
}

/** How each source is: as the worker says, and while there is none, or it is kept from that source. */
export class SourceReports {
  readonly #parts: ReportParts

  constructor(parts: ReportParts) {
    this.#parts = parts
  }

  stop(): void {
    for (const { paused } of this.#parts.kept.all()) if (paused !== null) clearTimeout(paused)
  }

  reported(kept: Kept, report: SourceReport): void {
    if (kept.paused !== null) return
    const { channelId, platform } = kept.source
    const { state, error } = report
    if (kept.report.state !== state) {
      this.#parts.metrics.sourceStateTotal.inc({ platform, state })
      this.#parts.log.info({ channel: channelId, platform, state, error }, 'a source changed')
    }
    kept.leftAt = isHeard(report) || state === 'waiting' ? null : leftAt(kept, Date.now())
    this.#enter(kept, { ...report, lastEventAt: report.lastEventAt ?? kept.report.lastEventAt })
  }

  /** The worker ended, and was heard until then. */
  ended(heardAt: number): void {
    for (const kept of this.#parts.kept.all()) {
      kept.leftAt = leftAt(kept, heardAt)
      kept.taken += kept.report.events
      const state = kept.paused === null ? ('connecting' as const) : kept.report.state
      this.#enter(kept, { ...kept.report, events: 0, state, ...(kept.paused === null && LOST) })
    }
  }

  /** The worker died over a payload of the source with this number. */
  suspect(number: number): void {
    const kept = this.#parts.kept.numbered(number)
    if (kept === undefined) return
    const died = performance.now()
    kept.deaths = [...kept.deaths.filter((at) => died - at < DEATHS_WITHIN_MS), died]
    if (kept.deaths.length >= DEATHS_TO_PAUSE) this.#pause(kept)
  }

  goOn(kept: Kept): void {
    if (kept.paused !== null) clearTimeout(kept.paused)
    kept.paused = null
    kept.deaths = []
    this.#enter(kept, { ...kept.report, state: 'connecting', ...LOST })
    this.#parts.orders.post(kept)
  }

  #pause(kept: Kept): void {
    const { channelId, platform } = kept.source
    this.#parts.log.error(
      { channel: channelId, platform },
      'a source ended the worker twice and is left alone for a while',
    )
    kept.paused = setTimeout(() => this.goOn(kept), PAUSE_MS)
    kept.paused.unref()
    const now = Date.now()
    this.#enter(kept, { ...kept.report, state: 'attention', since: now, error: PAUSED, retryAt: now + PAUSE_MS })
  }

  #enter(kept: Kept, report: SourceReport): void {
    this.#parts.kept.enter(kept, report)
    this.#parts.changed(kept.source.channelId)
  }
}
