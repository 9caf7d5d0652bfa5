import { isMainThread } from 'node:worker_threads'

/** Read before a test's server: what it does every 25 seconds, which is to ping who listens, it does at each SIGUSR2 instead, and says so. */

const PING_EVERY_MS = 25_000
const NEVER_MS = 2 ** 31 - 1

if (isMainThread) {
  const { setInterval } = globalThis
  const acts = []
  globalThis.setInterval = (act, ms, ...args) => {
    if (ms !== PING_EVERY_MS) return setInterval(act, ms, ...args)
    acts.push(act)
    return setInterval(() => undefined, NEVER_MS)
  }
  let pings = 0
  process.on('SIGUSR2', () => {
    for (const act of acts) act()
    process.stdout.write(`pinged ${++pings}\n`)
  })
}
