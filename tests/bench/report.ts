/** What a bench file is, and the words it reports with. Types only, but for the one measure of ratio. */

export interface Bench {
  /** What `npm run bench -- NAME` calls it; the file is `NAME.bench.ts`. */
  name: string
  /** The goal in one sentence, printed over its rows. */
  goal: string
  /** Measures, and calls the report as figures come in. */
  run(report: Report): Promise<void>
}

export interface Report {
  row(row: Row): void
  /** A line under the table: what was left out, or what the figures must be read with. */
  note(sentence: string): void
}

export interface Row {
  what: string
  measured: number
  /** `/s`, `µs`, `ms`, `MB`, `%` … */
  unit: string
  /** Which way is good. */
  better: 'higher' | 'lower'
  /** The same work done the other way, measured in the same run. */
  baseline?: { what: string; measured: number }
  goal?: { text: string; met: boolean }
}

/** How many times better than the baseline: 2 = twice as fast, or half as long. */
export function ratio(row: Row): number | null {
  if (row.baseline === undefined) return null
  const [better, worse] =
    row.better === 'higher' ? [row.measured, row.baseline.measured] : [row.baseline.measured, row.measured]
  return worse === 0 ? null : better / worse
}

/** What the child process of a bench says to the harness. */
export type FromBench = { type: 'goal'; goal: string } | { type: 'row'; row: Row } | { type: 'note'; sentence: string }
