import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './build.ts'
import { BROWSERS, CHECKS, type Check, runChecks } from './check.ts'
import { ROOT, runNode } from './child.ts'
import { countsOf, toldBy, verdictOf } from './outcome.ts'
import { Tally } from './tally.ts'

/**
 * `npm test`: everything that decides whether a change is good. `npm test -- queue drain` builds what is stale and runs
 * only the test files whose path holds one of the words. The last line is `N passed, N failed`.
 */

/** One test file may take this long; then its whole tree of processes is ended and it has failed. */
const FILE_TIMEOUT_MS = 180_000
/** So many files that need nothing run side by side. */
const BUSY_SIDE_BY_SIDE = 2
/** Then so many that mostly wait, for a built server or for a page. */
const WAITING_SIDE_BY_SIDE = 3
/** Those that torment a server run alone: they tell how long its chat stood still. */
const ALONE_FOLDER = 'tests/faults/'
const SERVED_FOLDERS = ['tests/journeys/', 'tests/overlay/']
const SERVED_HELP = /\/help\/(?:panel|server)\.ts/

const wanted = process.argv.slice(2)
const tally = new Tally()

await runChecks(wanted.length === 0 ? [building(), ...CHECKS] : [building(), BROWSERS], tally)
const files = (await testFiles()).filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
if (files.length === 0) tally.add(`no test file holds ${wanted.join(' or ')}`, { passed: 0, failed: 1, skipped: 0 }, 0)
const { together, served, alone } = await split(files)
await workAt(together, BUSY_SIDE_BY_SIDE)
await workAt(served, WAITING_SIDE_BY_SIDE)
await workAt(alone, 1)
tally.finish()

function building(): Check {
  return {
    name: 'build',
    run: async () => {
      await build()
      return ''
    },
  }
}

async function testFiles(): Promise<string[]> {
  const entries = await readdir(join(ROOT, 'tests'), { recursive: true })
  const tests = entries.map((entry) => `tests/${entry.replaceAll('\\', '/')}`)
  return tests.filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules')).sort()
}

interface Split {
  together: string[]
  served: string[]
  alone: string[]
}

async function split(files: string[]): Promise<Split> {
  const found: Split = { together: [], served: [], alone: [] }
  for (const file of files) found[await placeOf(file)].push(file)
  return found
}

async function placeOf(file: string): Promise<keyof Split> {
  if (file.startsWith(ALONE_FOLDER)) return 'alone'
  if (SERVED_FOLDERS.some((folder) => file.startsWith(folder))) return 'served'
  return SERVED_HELP.test(await readFile(join(ROOT, file), 'utf8')) ? 'served' : 'together'
}

async function workAt(queue: string[], hands: number): Promise<void> {
  await Promise.all(Array.from({ length: hands }, () => work(queue)))
}

/** Takes files from the front of the shared list until it is empty. */
async function work(queue: string[]): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const started = Date.now()
    const ended = await runNode(['--import', 'tsx', file], {
      timeoutMs: FILE_TIMEOUT_MS,
      env: { FORCE_COLOR: '0', NO_COLOR: '1' },
    })
    tally.add(file, countsOf(ended), Date.now() - started, `${verdictOf(ended)}${ended.output}`)
    for (const line of toldBy(ended)) console.log(`     ${line}`)
    for (const line of ended.output.match(/^(?! +Skipped: ).*\bskipped\b.*$/gim) ?? [])
      console.log(`     ${line.trim()}`)
  }
}
