import type { Log } from '../log.ts'
import { openEmbedded } from './nedb/index.ts'
import type { Stores } from './stores.ts'

export interface StoresOptions {
  driver: string
  /** The folder that the embedded driver keeps everything in. */
  dataDir: string
  log: Log
  /** Bytes that stay free on the disk; what would use them up is refused. */
  keepFree?: number
  /** The clock that sessions and invitations end by, ms since 1970. */
  now?: () => number
  /** Told how long it took to bring the transcripts to the disk, ms. */
  synced?(ms: number): void
}
type Driver = (options: StoresOptions) => Promise<Stores>

/** THE REGISTER: one line a driver. */
const DRIVERS: Record<string, Driver> = {
  embedded: ({ log, ...options }) =>
    openEmbedded({ ...options, note: (level, text, fields) => log[level](fields, text) }),
}

/** Throws with a sentence when the driver is not known, or when another process uses the same data. */
export async function openStores(options: StoresOptions): Promise<Stores> {
  const driver = Object.hasOwn(DRIVERS, options.driver) ? DRIVERS[options.driver] : undefined
  if (driver === undefined) {
    const known = Object.keys(DRIVERS).join(', ')
    throw new Error(`There is no store driver "${options.driver}". Known: ${known}.`)
  }
  return driver(options)
}
