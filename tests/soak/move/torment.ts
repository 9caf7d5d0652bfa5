import { join } from 'node:path'
import { seeded } from '../../../workers/random.ts'
import { startPostgres } from '../../help/postgres.ts'
import { temporaryData } from '../../help/server.ts'
import { type Compared, compare } from './compare.ts'
import { House } from './house.ts'
import { type Installation, makeInstallation } from './installation.ts'
import type { Moved } from './mover.ts'
import { bytesOf } from './raw.ts'

/** An installation is moved through everything that can come between. */

export interface Order {
  events: number
  kills: number
  seed: number
  /** Whether it is moved with nothing in between first, for the figures of that. */
  undisturbed: boolean
  /** The folder of PostgreSQL's programs. */
  bin: string
  /** Of its server; without them it is quick, and keeps nothing over a power cut. */
  settings?: readonly string[]
  tell(line: string): void
}
export interface Told {
  installation: Installation
  /** The move with nothing in between, or the last one. */
  whole: Moved
  /** The most memory that any of them held, bytes. */
  peak: number
  compared: Compared
  bytes: { folder: number; database: number }
  faults: string[]
}

/** A kill comes at most so long after its line, ms; in an installation of so many events, and sooner in a smaller one. */
const LATEST_MS = 400
const EVENTS_OF_THAT = 500_000

export async function torment({ events, kills, seed, undisturbed, bin, settings, tell }: Order): Promise<Told> {
  const data = await temporaryData()
  try {
    const installation = await makeInstallation(join(data.path, 'data'), events, seed)
    tell(`${installation.records} events and gaps of ${installation.streams} streams are made.`)
    const postgres = await startPostgres(bin, settings)
    const house = new House(installation, postgres, tell)
    const to = await postgres.database()
    await house.refusedInUse(to)
    const first = undisturbed ? await house.wholly(await postgres.database()) : null
    await house.killed(to, kills, LATEST_MS * Math.min(1, events / EVENTS_OF_THAT), seeded(seed))
    await house.restarted(to)
    const last = await house.wholly(to)
    const compared = await compare(installation, to)
    const peak = Math.max(...house.moves.map((each) => each.peak))
    const faults = [...house.faults, ...compared.differences]
    const bytes = await bytesOf(installation.dataDir, to)
    return { installation, whole: first ?? last, peak, compared, bytes, faults }
  } finally {
    await data.remove()
  }
}
