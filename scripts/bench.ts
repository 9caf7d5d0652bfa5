import { fork } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type FromBench, type Row, ratio } from '../tests/bench/report.ts'
import { build, TSC } from './build.ts'
import { killTree, ROOT, runNode } from './child.ts'

/** `npm run bench [-- NAME …]`: runs each bench in its own process, prints its table, writes `bench-results.json`. */

const BENCH_TIMEOUT_MS = 900_000
const ENDING = '.bench.ts'
const SOURCES = join(ROOT, 'tests', 'bench')
const COMPILED = join(ROOT, 'dist', 'tests', 'bench')

interface Result {
  name: string
  goal: string
  rows: Row[]
  notes: string[]
  /** Why it ended early, or null. */
  failed: string | null
}

const names = await chosen(process.argv.slice(2))
await build()
await compile()
const results: Result[] = []
for (const name of names) {
  const result = await measure(name)
  print(result)
  results.push(result)
}
await writeFile(join(ROOT, 'bench-results.json'), `${JSON.stringify(summary(results), null, 2)}\n`)
if (results.some((result) => result.failed !== null)) process.exitCode = 1

async function chosen(wanted: string[]): Promise<string[]> {
  const files = await readdir(SOURCES)
  const known = files.filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length))
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`No bench ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  return wanted.length > 0 ? wanted : known.sort()
}

async function compile(): Promise<void> {
  const { code, output } = await runNode([TSC, '-p', 'tests/bench/tsconfig.json'])
  if (code !== 0) throw new Error(`The benches do not compile.\n${output}`)
}

function measure(name: string): Promise<Result> {
  const result: Result = { name, goal: '', rows: [], notes: [], failed: null }
  const child = fork(join(COMPILED, 'run.js'), [name], { cwd: ROOT, execArgv: ['--expose-gc'] })
  const timer = setTimeout(() => {
    result.failed = `it ran longer than ${BENCH_TIMEOUT_MS / 1000} s`
    killTree(child)
  }, BENCH_TIMEOUT_MS)
  child.on('message', (word: FromBench) => hear(result, word))
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(timer)
      if (code !== 0) result.failed ??= `it ended with code ${code}`
      resolve(result)
    })
  })
}

function hear(result: Result, word: FromBench): void {
  if (word.type === 'goal') result.goal = word.goal
  else if (word.type === 'row') result.rows.push(word.row)
  else result.notes.push(word.sentence)
}

function print(result: Result): void {
  console.log(`\n${result.name}: ${result.goal}`)
  const head = ['what', 'measured', 'baseline', 'ratio', 'goal', 'met']
  const table = [head, ...result.rows.map(cells)]
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table) console.log(`  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd())
  for (const note of result.notes) console.log(`  ${note}`)
  if (result.failed !== null) console.log(`  Not finished: ${result.failed}.`)
}

function cells(row: Row): string[] {
  const times = ratio(row)
  return [
    row.what,
    `${figure(row.measured)} ${row.unit}`,
    row.baseline === undefined ? '' : `${figure(row.baseline.measured)} ${row.unit} (${row.baseline.what})`,
    times === null ? '' : `${times.toFixed(2)} ×`,
    row.goal?.text ?? '',
    row.goal === undefined ? '' : row.goal.met ? 'yes' : 'NO',
  ]
}

/** Whole numbers from 100 on, three significant digits below. */
function figure(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}

function summary(finished: Result[]) {
  return { node: process.version, cores: availableParallelism(), at: new Date().toISOString(), benches: finished }
}
