import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

// Plain JavaScript: the server then runs in this very process, so that signals reach it, and without a loader.

const build = spawn(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
})
const [code] = await once(build, 'exit')

/** How often it looks whether npm is still there, ms. */
const LOOK_EVERY_MS = 500

if (code === 0) {
  // npm ends on a signal without passing it on; a server left behind would hold port and data for ever.
  const parent = process.ppid
  const watching = setInterval(() => {
    if (process.ppid === parent) return
    // Told once: a second signal that comes later ends it at once, whatever is not kept yet.
    clearInterval(watching)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MS).unref()
  const { main } = await import('../dist/server/index.js')
  process.exitCode = await main(['start', ...process.argv.slice(2)])
} else {
  process.exitCode = 1
}
