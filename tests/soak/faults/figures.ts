import { type FaultLine, figureLine } from '../../../scripts/fault-table.ts'
import type { Finding } from '../../simulation/history.ts'
import type { Kind } from './kind.ts'

/** What each kind of fault has cost so far. */
export class Figures {
  readonly #lines = new Map<string, FaultLine & { name: string; recoveries: number[] }>()

  add({ row, name }: Kind, recoveries: readonly number[], findings: readonly Finding[]): void {
    const fresh = { row, name, injections: 0, lost: 0, doubled: 0, reordered: 0, recoveries: [] }
    const line = this.#lines.get(row) ?? fresh
    this.#lines.set(row, line)
    line.injections++
    line.recoveries.push(...recoveries)
    // What nobody sent stands where something else should.
    for (const { kind } of findings) line[kind === 'phantom' ? 'reordered' : kind]++
  }

  /** As `npm run faults` reads them. */
  get lines(): string[] {
    return this.#sorted.map((line) => figureLine(line))
  }

  /** For people: what is told while it goes on must not be added up. */
  get soFar(): string[] {
    return this.#sorted.map((line) => figureLine(line).replace(/^fault (F\d+):/, `$1 ${line.name}:`))
  }

  get injections(): number {
    return this.#sorted.reduce((all, { injections }) => all + injections, 0)
  }

  get #sorted() {
    return [...this.#lines.values()].sort((one, other) => Number(one.row.slice(1)) - Number(other.row.slice(1)))
  }
}
