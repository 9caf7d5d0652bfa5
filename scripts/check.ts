import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { unpackBrowsers } from '../tests/help/browsers.ts'
import { TSC } from './build.ts'
import { ROOT, run, runNode } from './child.ts'
import { checkFloors } from './floors.ts'
import { isMain } from './main.ts'
import { Tally } from './tally.ts'

/** Types, lint and floors: what `npm test` decides before a single test runs. */

const CHECK_TIMEOUT_MS = 120_000
const INSTALL_TIMEOUT_MS = 300_000

export interface Check {
  name: string
  /** What is wrong; empty = nothing. */
  run(): Promise<string>
}

/**
 * The browsers of the tests and what drives them: a package of their own, big, installed when missing or older than its
 * lock, and unpacked. First of all checks, since the types of the tests stand on it.
 */
export const BROWSERS: Check = {
  name: 'browsers',
  run: async () => {
    const wrong = await installBrowsers()
    if (wrong === '') await unpackBrowsers()
    return wrong
  },
}

/** What a build has just done. */
export const BUILT = types('server and workers', 'tsconfig.json')

export const CHECKS: Check[] = [
  BROWSERS,
  BUILT,
  types('overlay and panel', 'tsconfig.pages.json'),
  types('tests and scripts', 'tsconfig.tests.json'),
  types('benches', 'tests/bench/tsconfig.json'),
  {
    name: 'lint and format',
    run: () => words([join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--colors=off']),
  },
  { name: 'floors', run: async () => (await checkFloors(ROOT)).join('\n') },
]

/** One after the other: each uses every core by itself. */
export async function runChecks(checks: Check[], tally: Tally): Promise<void> {
  for (const { name, run } of checks) {
    const started = Date.now()
    const wrong = await run().catch((error: unknown) => String(error))
    const failed = wrong === '' ? 0 : 1
    tally.add(name, { passed: 1 - failed, failed, skipped: 0 }, Date.now() - started, wrong)
  }
}

async function installBrowsers(): Promise<string> {
  const folder = join(ROOT, 'tests', 'browsers')
  if (installed(folder)) return ''
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { code, output } = await run(npm, ['ci', '--prefix', folder, '--ignore-scripts', '--loglevel=error'], {
    timeoutMs: INSTALL_TIMEOUT_MS,
  })
  return code === 0 ? '' : output
}

function installed(folder: string): boolean {
  const mark = join(folder, 'node_modules', '.package-lock.json')
  return existsSync(mark) && statSync(mark).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs
}

function types(room: string, project: string): Check {
  return { name: `types of ${room}`, run: () => words([TSC, '-p', project, '--noEmit']) }
}

async function words(args: string[]): Promise<string> {
  const { code, timedOut, output } = await runNode(args, { timeoutMs: CHECK_TIMEOUT_MS })
  if (code === 0) return ''
  return timedOut
    ? `It ran longer than ${CHECK_TIMEOUT_MS / 1000} s.\n${output}`
    : output || `It ended with code ${code}.`
}

if (isMain(import.meta)) {
  const tally = new Tally()
  await runChecks(CHECKS, tally)
  tally.finish()
}
