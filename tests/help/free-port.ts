import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that the system gives to whoever calls out: a server that is away for a while finds its port free when it comes back. */
const [LOWEST, HIGHEST] = [20_000, 32_000]
const MOST_TRIES = 100

/** A port of this machine that is free right now. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const port = randomInt(LOWEST, HIGHEST)
    if (await isFree(port)) return port
  }
  throw new Error(`Of ${MOST_TRIES} ports between ${LOWEST} and ${HIGHEST} none is free.`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
