import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { ROOT } from './child.ts'

/**
 * `npm run dev`: builds, starts the built server, and does both again when a source changes. What runs is what
 * `npm start` runs; overlays and panel come back by themselves and resume. With `--platforms` it talks to stand-ins on
 * this machine instead of the real platforms.
 */

const ROOMS = ['server', 'workers', 'overlay', 'admin']
/** An editor writes in several steps, and a checkout many files. */
const QUIET_MS = 150
const PLATFORMS = '--platforms'
const ENTRY = join(ROOT, 'dist', 'server', 'index.js')

const args = process.argv.slice(2)
/** Stand-ins for the platforms, when they were asked for; they outlive the server's restarts, as the real ones do. */
const platforms = args.includes(PLATFORMS) ? await (await import('./platforms.ts')).startPlatforms() : null
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
  server = spawn(process.execPath, [ENTRY, 'start', ...args.filter((arg) => arg !== PLATFORMS)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...platforms?.env },
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
  await platforms?.close()
  process.exit(0)
}
