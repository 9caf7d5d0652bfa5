import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

// Plain JavaScript: the server then runs in this very process, so that signals reach it, and without a loader.

const build = spawn(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
})
const [code] = await once(build, 'exit')

if (code === 0) {
  const { main } = await import('../dist/server/index.js')
  process.exitCode = await main(['start', ...process.argv.slice(2)])
} else {
  process.exitCode = 1
}
