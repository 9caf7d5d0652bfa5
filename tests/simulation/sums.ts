import { type Finding, KINDS, type Kind } from './history.ts'
import { FAULTS, type Fault } from './plan.ts'
import type { Outcome } from './world.ts'

/** Findings of one seed that are told; the rest follow from them as a rule. */
const TOLD = 3

/** What many histories came to. */
export class Sums {
  seeds = 0
  events = 0
  readonly faults = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>
  readonly found = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>
  /** Seeds that failed, each with what was found first. */
  readonly failed: { seed: number; findings: Finding[] }[] = []

  add({ seed, findings, faults, history }: Outcome): void {
    this.seeds++
    this.events += history.order.length
    for (const fault of FAULTS) this.faults[fault] += faults[fault]
    for (const { kind } of findings) this.found[kind]++
    if (findings.length > 0) this.failed.push({ seed, findings: findings.slice(0, TOLD) })
  }

  get line(): string {
    const found = KINDS.map((kind) => `${this.found[kind]} ${kind}`).join(', ')
    const faults = FAULTS.map((fault) => `${this.faults[fault]} × ${fault}`).join(', ')
    return `${this.seeds} histories of ${this.events.toLocaleString('en')} events, ${found}; ${faults}`
  }
}
