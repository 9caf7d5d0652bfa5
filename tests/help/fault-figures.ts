import { figureLine } from '../../scripts/fault-table.ts'
import { tell } from './tell.ts'

/** What one fault test has tried and seen; told in one line, which `scripts/fault-table.ts` collects. */
export class FaultFigures {
  readonly row: string
  injections = 0
  lost = 0
  doubled = 0
  reordered = 0
  /** From the end of a fault until all works again, ms. */
  readonly recoveries: number[] = []

  constructor(row: string) {
    this.row = row
  }

  /** One fault: what must stand, in order, and what does. Gives whether all of it did, once and in order. */
  judge(due: readonly string[], standing: readonly string[]): boolean {
    this.injections += 1
    const { lost, doubled, reordered } = compared(due, standing)
    this.lost += lost
    this.doubled += doubled
    this.reordered += reordered
    return lost + doubled + reordered === 0
  }

  /** Runs what must work again, and notes how long that took. */
  async recovering<R>(task: () => Promise<R>): Promise<R> {
    const began = performance.now()
    const result = await task()
    this.recoveries.push(performance.now() - began)
    return result
  }

  tell(): void {
    tell(figureLine(this))
  }
}

/** What of `due` is missing in `standing`, stands there twice, or stands before what it should follow. What is there besides does not count. */
export function compared(due: readonly string[], standing: readonly string[]) {
  const places = new Map<string, number>()
  let doubled = 0
  for (const [place, id] of standing.entries()) {
    if (places.has(id)) doubled += 1
    else places.set(id, place)
  }
  const found = due.flatMap((id) => places.get(id) ?? [])
  const reordered = found.filter((place, nth) => place < (found[nth - 1] ?? -1)).length
  return { lost: due.length - found.length, doubled, reordered }
}
