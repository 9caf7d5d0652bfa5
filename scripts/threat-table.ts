import { join } from 'node:path'
import { type Row, testsOf } from '../tests/help/rows.ts'
import { ROWS } from '../tests/threats/rows.ts'
import { build } from './build.ts'
import { BROWSERS } from './check.ts'
import { type Ended, ROOT, runNode } from './child.ts'
import { isMain } from './main.ts'
import { countsOf } from './outcome.ts'

/**
 * `npm run threats`: every row of the threat table with the tests that show it and how they went. `npm run threats -- T1 T46` runs these
 * rows alone.
 */

const FILE_TIMEOUT_MS = 180_000
const RUN = join(ROOT, 'scripts', 'run-test.mjs')

/** What a template puts into a name. */
const GAP = /\$\{[^}]*\}/

type Result = 'ok' | 'FAIL' | 'skipped'

/** True when a test of this name has failed. A name may hold gaps, as it stands in its file. */
export function failedOf(name: string, output: string): boolean {
  const pattern = name.split(GAP).map(literally).join('.*')
  return new RegExp(`^ +FAIL .* "${pattern}"$`, 'm').test(output)
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function resultOf(name: string, ended: Ended): Result {
  const { failed, skipped } = countsOf(ended)
  if (failed > 0 && (failedOf(name, ended.output) || !/^ +FAIL /m.test(ended.output))) return 'FAIL'
  return skipped > 0 ? 'skipped' : 'ok'
}

async function show(rows: readonly Row[]): Promise<void> {
  const files = [...new Set(rows.flatMap(testsOf).map(({ file }) => file))]
  const ended = new Map<string, Ended>()
  for (const file of files) {
    console.error(`… ${file}`)
    const env = { FORCE_COLOR: '0', NO_COLOR: '1' }
    ended.set(file, await runNode([RUN, file], { timeoutMs: FILE_TIMEOUT_MS, env }))
  }
  for (const row of rows) {
    console.log(`${row.row.padEnd(4)} ${row.what}`)
    for (const { file, name } of testsOf(row)) {
      const run = ended.get(file)
      const result = run === undefined ? 'FAIL' : resultOf(name, run)
      if (result === 'FAIL') process.exitCode = 1
      console.log(`     ${result.padEnd(7)} ${file} › ${name}`)
    }
    if (row.test === null) console.log('     no test')
    if (row.why !== undefined) console.log(`     ${row.why}`)
  }
}

if (isMain(import.meta)) {
  const wanted = process.argv.slice(2)
  await build()
  const missing = await BROWSERS.run()
  if (missing !== '') throw new Error(missing)
  await show(ROWS.filter(({ row }) => wanted.length === 0 || wanted.includes(row)))
}
