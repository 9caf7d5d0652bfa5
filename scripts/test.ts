import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FILES as ON_ONE_SERVER } from '../tests/help/one-server.ts'
import { postgresOfRun } from '../tests/help/postgres.ts'
import { redisStands } from '../tests/help/redis.ts'
import { build } from './build.ts'
import { BROWSERS, BUILT, CHECKS, type Check, runChecks } from './check.ts'
import { ROOT, runNode } from './child.ts'
import { workThrough } from './lanes.ts'
import { countsOf, toldBy, verdictOf } from './outcome.ts'
import { removeStripped, strip } from './strip.ts'
import { Tally } from './tally.ts'
import { longestFirst } from './test-order.ts'

/**
 * `npm test`: everything that decides whether a change is good. `npm test -- queue drain` builds what is stale and runs
 * only the test files whose path holds one of the words. `npm test -- --nodes` runs the journeys, or those of them that hold a word, with two
 * servers in the place of each. The last line is `N passed, N failed`.
 */

/** One test file may take this long; then its whole tree of processes is ended and it has failed. */
const FILE_TIMEOUT_MS = 240_000
/** So many files run side by side, and more of them where they only wait. */
const SIDE_BY_SIDE = { least: 3, most: 5 }
/** Those that torment a server run last, and so many of them: they tell how long its chat stood still. */
const FAULTS_SIDE_BY_SIDE = { least: 2, most: 3 }
const FAULTS_FOLDER = 'tests/faults/'
const NODES_WORD = '--nodes'
/** Each file of them has five processes. */
const NODES = { folder: 'tests/journeys/', servers: '2', timeoutMs: 480_000, sideBySide: { least: 2, most: 3 } }
const SLOWEST_TOLD = 10
const RUN = join(ROOT, 'scripts', 'run-test.mjs')

const words = process.argv.slice(2)
const wanted = words.filter((word) => word !== NODES_WORD)
const onNodes = words.includes(NODES_WORD)
const tally = new Tally()

await runChecks(
  words.length === 0 ? [building(), ...CHECKS.filter((check) => check !== BUILT)] : [building(), BROWSERS],
  tally,
)
const files = (await testFiles()).filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
if (files.length === 0) tally.add(`no test file holds ${wanted.join(' or ')}`, { passed: 0, failed: 1, skipped: 0 }, 0)
const stripped = await strip()
if (onNodes) await workOnNodes(files.filter((file) => file.startsWith(NODES.folder)))
else await workOnOne(files)
await removeStripped(stripped)
if (files.length > SLOWEST_TOLD) tally.tellSlowest(SLOWEST_TOLD)
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

async function workOnOne(files: string[]): Promise<void> {
  const isFault = (file: string) => file.startsWith(FAULTS_FOLDER)
  await workThrough(longestFirst(files.filter((file) => !isFault(file))), (file) => work(file), SIDE_BY_SIDE)
  await workThrough(longestFirst(files.filter(isFault)), (file) => work(file), FAULTS_SIDE_BY_SIDE)
}

/** One PostgreSQL for all of them; each file has a Redis of its own. */
async function workOnNodes(files: string[]): Promise<void> {
  const postgres = redisStands('on several servers') ? await postgresOfRun() : null
  if (postgres === null) {
    tally.add('several servers need Redis and PostgreSQL', { passed: 0, failed: 1, skipped: 0 }, 0)
    return
  }
  const several = files.filter((file) => ON_ONE_SERVER[file] === undefined)
  for (const file of files.filter((file) => !several.includes(file)))
    console.log(`skipped: ${file}: ${ON_ONE_SERVER[file]}`)
  const env = { ...postgres, CROSSCHAT_TEST_NODES: NODES.servers }
  await workThrough(longestFirst(several), (file) => work(file, NODES.timeoutMs, env), NODES.sideBySide)
}

async function work(file: string, timeoutMs = FILE_TIMEOUT_MS, more: Record<string, string> = {}): Promise<void> {
  const started = Date.now()
  const ended = await runNode([RUN, file, stripped], { timeoutMs, env: { FORCE_COLOR: '0', NO_COLOR: '1', ...more } })
  tally.add(file, countsOf(ended), Date.now() - started, `${verdictOf(ended)}${ended.output}`)
  for (const line of toldBy(ended)) console.log(`     ${line}`)
  for (const line of ended.output.match(/^(?! +Skipped: ).*\bskipped\b.*$/gim) ?? []) console.log(`     ${line.trim()}`)
}
