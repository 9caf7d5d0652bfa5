import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { ROOT } from './child.ts'

/**
 * `npm run dev`: builds, starts the built server, and does both again when a source changes. What runs is what
 * `npm start` runs; overlays and panel come back by themselves and resume.
 */

const ROOMS = ['server', 'workers', 'overlay', 'admin']
/** An editor writes in several steps, and a checkout many files. */
const QUIET_MS = 150
const ENTRY = join(ROOT, 'dist', 'server', 'index.js')

let server: ChildProcess | null = null
let quiet: NodeJS.Timeout | undefined
let work = restart()

for (const room of ROOMS) watch(join(ROOT, room), { recursive: true }, soon)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave())

function soon(): void {
  clearTimeout(quiet)
  quiet = setTimeout(() => {
    work = work.then(restart)
  }, QUIET_MS)
}

/** A build that fails leaves the old server running. */
async function restart(): Promise<void> {
  const outcome = await build().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
  })
  if (outcome === undefined || (outcome === 'fresh' && server !== null)) return
  await stop()
  server = spawn(process.execPath, [ENTRY, 'start', ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
}

async function stop(): Promise<void> {
  if (server === null || server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGTERM')
  await once(server, 'exit')
}

async function leave(): Promise<void> {
  clearTimeout(quiet)
  await work
  await stop()
  process.exit(0)
}
