import type { FiguresView } from '../../server/api.ts'

/** A stretch of a stream. */
export interface Column {
  at: number
  counts: Readonly<Record<string, number>>
  total: number
}

export function columnsOf({ from, column, counts }: FiguresView): Column[] {
  const length = Math.max(0, ...Object.values(counts).map((each) => each.length))
  return Array.from({ length }, (_, nth) => {
    const own = Object.fromEntries(Object.entries(counts).map(([platform, each]) => [platform, each[nth] ?? 0]))
    const total = Object.values(own).reduce((sum, count) => sum + count, 0)
    return { at: from + nth * column, counts: own, total }
  })
}
