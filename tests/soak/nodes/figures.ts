import type { Finding, Kind as Wrong } from '../../simulation/history.ts'

/** What a fault has cost, ms. */
export interface Hit {
  /** Until whatever was ended was at work again. */
  lastedMs: number
  /** To the next home of each channel, and to something new on every overlay of it. */
  takeovers: readonly number[]
  recoveries: readonly number[]
}

interface Line {
  times: number
  lasted: number[]
  takeovers: number[]
  recoveries: number[]
  wrong: Record<Wrong, number>
}

/** What each kind of fault has cost so far. */
export class Figures {
  readonly #lines = new Map<string, Line>()
  events = 0
  /** Messages that were answered, but not as archived, and went with their node. */
  unkept = 0
  /** ms under load. */
  loadedMs = 0
  /** Of it, while nothing was wrong. */
  readonly calm = { events: 0, ms: 0 }

  /** Without a hit: it was not come to an end. */
  add(kind: string, findings: readonly Finding[], hit?: Hit): void {
    const fresh: Line = {
      times: 0,
      lasted: [],
      takeovers: [],
      recoveries: [],
      wrong: { lost: 0, doubled: 0, reordered: 0, phantom: 0 },
    }
    const line = this.#lines.get(kind) ?? fresh
    this.#lines.set(kind, line)
    line.times++
    if (hit !== undefined) line.lasted.push(hit.lastedMs)
    line.takeovers.push(...(hit?.takeovers ?? []))
    line.recoveries.push(...(hit?.recoveries ?? []))
    for (const found of findings) line.wrong[found.kind]++
  }

  get lines(): string[] {
    const each = [...this.#lines].map(([kind, { times, lasted, takeovers, recoveries, wrong }]) => {
      const { lost, doubled, reordered, phantom } = wrong
      return `${kind}: ${times} ×, lost ${lost}, doubled ${doubled}, reordered ${reordered + phantom}, lasted ${spread(lasted)}, taken over ${spread(takeovers)}, shown again ${spread(recoveries)}`
    })
    const perSecond = rate(this.events, this.loadedMs)
    const calm = rate(this.calm.events, this.calm.ms)
    return [
      ...each,
      `${this.events.toLocaleString('en')} events, ${calm} a second before the faults, ${perSecond} with them; answered, not as archived, and gone with their node: ${this.unkept}`,
    ]
  }
}

function rate(events: number, ms: number): number {
  return Math.round((events * 1_000) / Math.max(1, ms))
}

function spread(ms: readonly number[]): string {
  if (ms.length === 0) return '–'
  const sorted = [...ms].sort((one, other) => one - other)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (${ms.length})`
}
