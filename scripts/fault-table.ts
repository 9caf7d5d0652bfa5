import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { isMain } from './main.ts'

/**
 * `npm test | npm run -s faults`, or with files that hold such output: a table of what the tests of faults
 * have told, row → injections → lost, doubled, reordered → recovery.
 */

export interface FaultLine {
  row: string
  injections: number
  lost: number
  doubled: number
  reordered: number
  /** Times until all worked again, ms; empty where there is nothing to wait for. */
  recoveries: readonly number[]
}

const LINE =
  /fault (?<row>[A-Z]\d+): (?<injections>\d+) injections, (?<lost>\d+) lost, (?<doubled>\d+) doubled, (?<reordered>\d+) reordered(?:, recovery of (?<count>\d+): p50 (?<p50>[\d.]+) ms, p99 (?<p99>[\d.]+) ms)?/g
const NONE = '–'

/** The line that a test tells. */
export function figureLine({ row, injections, lost, doubled, reordered, recoveries }: FaultLine): string {
  const counts = `fault ${row}: ${injections} injections, ${lost} lost, ${doubled} doubled, ${reordered} reordered`
  if (recoveries.length === 0) return counts
  const at = (share: number) => `${percentile(recoveries, share).toFixed(1)} ms`
  return `${counts}, recovery of ${recoveries.length}: p50 ${at(0.5)}, p99 ${at(0.99)}`
}

interface Sum {
  injections: number
  lost: number
  doubled: number
  reordered: number
  /** Of the line with the most recoveries. */
  count: number
  p50: string
  p99: string
}

/** All lines found in a text as one table in Markdown; several lines of one row are added up, with the slowest p99 of them. */
export function tableOf(output: string, rows: readonly { row: string; what: string }[]): string {
  const sums = sumsOf(output)
  const lines = rows.flatMap(({ row, what }) => {
    const sum = sums.get(row)
    if (sum === undefined) return []
    const { injections, lost, doubled, reordered, p50, p99 } = sum
    return [`| ${row} | ${what} | ${injections} | ${lost} / ${doubled} / ${reordered} | ${p50} / ${p99} |`]
  })
  return [
    '| Row | Fault | Injections | Lost / doubled / reordered | Recovery p50 / p99, ms |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

/** Rows in which something was lost, doubled or reordered. */
export function badRows(output: string): string[] {
  const bad = [...sumsOf(output)].filter(([, { lost, doubled, reordered }]) => lost + doubled + reordered > 0)
  return bad.map(([row]) => row)
}

function sumsOf(output: string): Map<string, Sum> {
  const sums = new Map<string, Sum>()
  for (const { groups = {} } of output.matchAll(LINE)) {
    const row = groups.row ?? ''
    const sum = sums.get(row) ?? { injections: 0, lost: 0, doubled: 0, reordered: 0, count: 0, p50: NONE, p99: NONE }
    for (const name of ['injections', 'lost', 'doubled', 'reordered'] as const) sum[name] += Number(groups[name])
    if (Number(groups.count ?? 0) > sum.count) sum.p50 = groups.p50 ?? NONE
    if (groups.p99 !== undefined && (sum.p99 === NONE || Number(groups.p99) > Number(sum.p99))) sum.p99 = groups.p99
    sum.count = Math.max(sum.count, Number(groups.count ?? 0))
    sums.set(row, sum)
  }
  return sums
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

if (isMain(import.meta)) {
  const { FAULT_ROWS } = await import('../tests/faults/rows.ts')
  const files = process.argv.slice(2)
  const texts =
    files.length === 0 ? [await text(process.stdin)] : await Promise.all(files.map((file) => readFile(file, 'utf8')))
  console.log(tableOf(texts.join('\n'), FAULT_ROWS))
}
