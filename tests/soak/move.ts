import { build } from '../../scripts/build.ts'
import { DURABLE, postgresBin } from '../help/postgres.ts'
import { type Told, torment } from './move/torment.ts'

/** `crosschat move` of a large installation into a real PostgreSQL: killed, left by its database, run again, and then both are compared. */

export const MOVE_LOAD = { events: 1_000_000, kills: 4 } as const
/** What the moving process may hold, however much it moves: some pieces of three transcripts in each of three threads. */
export const MOVING_MIB = 384
const MIB = 1_048_576

export interface MoveOrder {
  events: number
  kills: number
  seed: number
}

/** True when nothing is lost or changed and the memory stayed in its bounds. */
export async function soakMove({ events, kills, seed }: MoveOrder): Promise<boolean> {
  await build()
  const bin = postgresBin('the soak of a move')
  if (bin === null) return false
  console.log(`move: ${events.toLocaleString('en')} events, ${kills} kills, seed ${seed}`)
  const told = await torment({
    events,
    kills,
    seed,
    undisturbed: true,
    bin,
    settings: DURABLE,
    tell: (line) => console.log(line),
  })
  for (const line of figuresOf(told)) console.log(line)
  const faults = [...told.faults]
  if (told.peak > MOVING_MIB * MIB) faults.push(`it held more than ${MOVING_MIB} MiB`)
  for (const fault of faults) console.log(`  FAULT: ${fault}`)
  return faults.length === 0
}

function figuresOf({ installation, whole, peak, compared, bytes }: Told): string[] {
  const seconds = whole.tookMs / 1_000
  const rate = Math.round(installation.records / seconds).toLocaleString('en')
  const { records, events, hits, differences } = compared
  return [
    `moved without a break: ${installation.records.toLocaleString('en')} events and gaps in ${seconds.toFixed(1)} s, ${rate} a second, compared included; ${whole.seconds.toFixed(1)} s of it on a core`,
    `on the disk: ${Math.round(bytes.folder / MIB)} MiB in the folder, ${Math.round(bytes.database / MIB)} MiB in the database`,
    `memory of the moving process: at most ${Math.round(peak / MIB)} MiB`,
    `compared: ${records} records, ${events.toLocaleString('en')} events and gaps, ${hits.toLocaleString('en')} hits, ${differences.length} differences`,
  ]
}
