import { isMainThread } from 'node:worker_threads'

/** Read before a test's server: at each SIGUSR2 the wall clock of its main thread is six hours further, and it says so. */

const LEAP_MS = 6 * 3_600_000

if (isMainThread) {
  const now = Date.now
  let ahead = 0
  Date.now = () => now() + ahead
  process.on('SIGUSR2', () => {
    ahead += LEAP_MS
    process.stdout.write(`leapt to ${Date.now()}\n`)
  })
}
