import { build } from '../../scripts/build.ts'
import { figureLine, percentile } from '../../scripts/fault-table.ts'
import { type Kind as FindingKind, KINDS } from '../simulation/history.ts'
import { tellFailure } from './faults/failure.ts'
import { Ground } from './faults/ground.ts'
import { type Kills, killOften } from './faults/kill-often.ts'
import { installBrowser } from './faults/reader.ts'

const ROOMS = 2
const TOLD_EVERY = 10

/** `kill -9` so many times under load. True when nothing was lost, doubled, reordered or unreadable. */
export async function soakKills(times: number, seed: number): Promise<boolean> {
  await build()
  installBrowser()
  const ground = await Ground.make({ small: false })
  console.log(`kills: ${times}, seed ${seed}`)
  const killed = (kills: Kills) => kills.kills % TOLD_EVERY === 0 && tellKills(kills)
  const kills = await killOften({ seed, times, rooms: ROOMS, ground, killed })
  ground.remove()
  tellKills(kills)
  const recoveries = kills.showing
  console.log(figureLine({ row: 'F6', injections: kills.kills, ...countsOf(kills), recoveries }))
  if (kills.findings.length === 0 && kills.unreadable.length === 0) return true
  for (const why of kills.unreadable) console.log(`  unreadable: ${why}`)
  const faults = [`${kills.kills} kills`]
  await tellFailure({ ...kills, seed, faults }, `npm run soak -- kills --times ${times} --seed ${seed}`)
  return false
}

function tellKills(kills: Kills): void {
  const counts = countsOf(kills)
  const found = KINDS.map((kind) => `${counts[kind]} ${kind}`).join(', ')
  const { kills: times, answered, unreadable, repaired, listening, showing } = kills
  console.log(`${times} kills, ${answered.toLocaleString('en')} events acknowledged and kept, ${found}`)
  console.log(`  folders that could not be read: ${unreadable.length}, torn tails repaired: ${repaired}`)
  console.log(`  until it listened: ${spread(listening)}; until all overlays showed something new: ${spread(showing)}`)
}

function countsOf({ findings }: Kills): Record<FindingKind, number> {
  const counts = { lost: 0, doubled: 0, reordered: 0, phantom: 0 }
  for (const { kind } of findings) counts[kind]++
  return counts
}

function spread(values: readonly number[]): string {
  const [min, p50, p99, max] = [0, 0.5, 0.99, 1].map((share) => Math.round(percentile(values, share)))
  return `min ${min}, p50 ${p50}, p99 ${p99}, max ${max} ms`
}
