import { join } from 'node:path'
import { type Row, testsOf } from '../tests/help/rows.ts'
import { ROWS } from '../tests/threats/rows.ts'
import { build } from './build.ts'
import { BROWSERS } from './check.ts'
import { type Ended, ROOT, runNode } from './child.ts'
import { workThrough } from './lanes.ts'
import { isMain } from './main.ts'
import { countsOf, verdictOf } from './outcome.ts'

/**
 * `npm run threats`: every row of the threat table with the tests that show it and how they went, and their sum as the last line.
 * `npm run threats -- T1 T46` runs these rows alone.
 */

const FILE_TIMEOUT_MS = 300_000
/** So many files run side by side, and more of them where they only wait. */
const SIDE_BY_SIDE = { least: 2, most: 4 }
const RUN = join(ROOT, 'scripts', 'run-test.mjs')

/** What a template puts into a name. */
const GAP = /\$\{[^}]*\}/

export type Result = 'ok' | 'FAIL' | 'skipped'

/** True when a test of this name has failed. A name may hold gaps, as it stands in its file. */
export function failedOf(name: string, output: string): boolean {
  const pattern = name.split(GAP).map(literally).join('.*')
  return new RegExp(`^ +FAIL .* "${pattern}"$`, 'm').test(output)
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** How one test of a file went. A file that was ended, or broke off, has shown nothing. */
export function resultOf(name: string, ended: Ended): Result {
  const { failed, skipped } = countsOf(ended)
  if (failed > 0 && (ended.timedOut || failedOf(name, ended.output) || !/^ +FAIL /m.test(ended.output))) return 'FAIL'
  return skipped > 0 ? 'skipped' : 'ok'
}

/** All rows in one line, those that need a look by name. */
export function sumOf(rows: readonly { row: string; results: readonly Result[] }[]): string {
  const of = (fits: (results: readonly Result[]) => boolean) =>
    rows.filter(({ results }) => fits(results)).map(({ row }) => row)
  const failed = of((results) => results.includes('FAIL'))
  const skipped = of((results) => results.includes('skipped') && !results.includes('FAIL'))
  const untested = of((results) => results.length === 0)
  const ok = rows.length - failed.length - skipped.length - untested.length
  const named = (names: string[], what: string) =>
    `${names.length} ${what}${names.length === 0 ? '' : ` (${names.join(', ')})`}`
  return `${rows.length} rows: ${ok} ok, ${named(failed, 'failed')}, ${named(skipped, 'skipped')}, ${named(untested, 'without a test')}`
}

async function runFiles(rows: readonly Row[]): Promise<Map<string, Ended>> {
  const files = [...new Set(rows.flatMap(testsOf).map(({ file }) => file))]
  const ended = new Map<string, Ended>()
  const runOne = async (file: string) => {
    const env = { FORCE_COLOR: '0', NO_COLOR: '1' }
    const one = await runNode([RUN, file], { timeoutMs: FILE_TIMEOUT_MS, env })
    ended.set(file, one)
    console.error(`… ${ended.size} of ${files.length} files: ${file}`)
    if (countsOf(one).failed > 0) console.error(`${verdictOf(one)}${one.output}`)
  }
  await workThrough(files, runOne, SIDE_BY_SIDE)
  return ended
}

/** Prints a row with its tests; gives how they went. */
function show(row: Row, ended: ReadonlyMap<string, Ended>): Result[] {
  console.log(`${row.row.padEnd(4)} ${row.what}`)
  const results = testsOf(row).map(({ file, name }) => {
    const run = ended.get(file)
    const result = run === undefined ? 'FAIL' : resultOf(name, run)
    console.log(`     ${result.padEnd(7)} ${file} › ${name}`)
    return result
  })
  if (row.test === null) console.log('     no test')
  if (row.why !== undefined) console.log(`     ${row.why}`)
  return results
}

if (isMain(import.meta)) {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((each) => ROWS.every(({ row }) => row !== each))
  if (unknown.length > 0) throw new Error(`The table has no ${unknown.join(', ')}; it has T1 to ${ROWS.at(-1)?.row}.`)
  await build()
  const missing = await BROWSERS.run()
  if (missing !== '') throw new Error(missing)
  const rows = ROWS.filter(({ row }) => wanted.length === 0 || wanted.includes(row))
  const ended = await runFiles(rows)
  const shown = rows.map((row) => ({ row: row.row, results: show(row, ended) }))
  console.log(sumOf(shown))
  if (shown.some(({ results }) => results.includes('FAIL'))) process.exitCode = 1
}
