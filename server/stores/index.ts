import { resolve } from 'node:path'
import type { Log } from '../log.ts'
import { openEmbedded } from './nedb/index.ts'
import { lockFolder } from './nedb/lock.ts'
import type { Stores } from './stores.ts'

export interface StoresOptions {
  driver: string
  /** The folder that the embedded driver keeps everything in; of another one, what belongs to this server alone. */
  dataDir: string
  /** Address of the database that another driver keeps everything in. */
  url?: string | null
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
  postgres: openShared,
}

/** By what is set: the embedded driver where there is no database. */
export function driverOf(databaseUrl: string | null): Pick<StoresOptions, 'driver' | 'url'> {
  return { driver: databaseUrl === null ? 'embedded' : 'postgres', url: databaseUrl }
}

/** Any number of servers share the database; the folder is still of one alone. What speaks to PostgreSQL is loaded only here. */
async function openShared({ dataDir, url, log }: StoresOptions): Promise<Stores> {
  if (typeof url !== 'string') throw new Error('The store driver "postgres" needs the address of a database.')
  const lock = await lockFolder(resolve(dataDir))
  try {
    const { openPostgres } = await import('./postgres/index.ts')
    const stores = await openPostgres({ url, note: (level, text, fields) => log[level](fields, text) })
    return { ...stores, close: () => stores.close().finally(() => lock.release()) }
  } catch (error) {
    await lock.release()
    throw error
  }
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
