import type { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Log } from './log.ts'

/** Connections taken at once, where the system allows so many files. */
export const MAX_CONNECTIONS = 25_000
/** File descriptors that connections leave over: for threads, data files, transcripts, and ways to platforms. */
const LEFT_OVER = 100
/** Connections taken however few descriptors there are. */
const LEAST_CONNECTIONS = 10
/** Turned away connections are told of once in so long; ms. */
const TELL_EVERY_MS = 10_000

/** How many files this process may have open; null where nothing says so. Node has raised it as far as it may by itself. */
function descriptorLimit(): number | null {
  try {
    const found = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))
    return found === null ? null : Number(found[1])
  } catch {
    // There is no /proc here.
    return null
  }
}

/** Connections that may be open at once, so that what is written and read still finds a descriptor. */
export function mostConnections(limit = descriptorLimit()): number {
  if (limit === null) return MAX_CONNECTIONS
  return Math.min(MAX_CONNECTIONS, Math.max(LEAST_CONNECTIONS, limit - LEFT_OVER))
}

/** Says in the log that connections are turned away because as many as may are open, how many, and when they are taken again. */
export function tellTurnedAway(server: EventEmitter, most: number, log: Log, now = () => performance.now()): void {
  let turnedAway = 0
  let told = false
  let toldAt = Number.NEGATIVE_INFINITY
  server.on('drop', () => {
    turnedAway++
    if (now() - toldAt < TELL_EVERY_MS) return
    told = true
    toldAt = now()
    log.error({ turnedAway, most }, 'connections are turned away: as many are open as this process may have')
  })
  server.on('connection', () => {
    if (!told) return
    log.warn({ turnedAway }, 'connections are taken again')
    told = false
    turnedAway = 0
  })
}
