import { build } from '../../scripts/build.ts'
import { seeded } from '../../workers/random.ts'
import { tellFailure } from './faults/failure.ts'
import { installBrowser } from './faults/reader.ts'
import { chapter } from './nodes/chapter.ts'
import { Figures } from './nodes/figures.ts'
import { House } from './nodes/house.ts'
import { inTurn } from './nodes/kinds.ts'
import { Room } from './nodes/room.ts'
import { Tenures } from './nodes/tenures.ts'

/**
 * Several real nodes with a real Redis and a real PostgreSQL behind a real proxy, under load, hit by one fault after the other. The seed
 * brings back the same faults in the same order, and not the same moments.
 */

const MINUTE_MS = 60_000
const NODES = 3
export const NODES_LOAD = { channels: 200, rate: 20, overlays: 2 } as const

export interface NodesOrder {
  minutes: number
  seed: number
  channels: number
  /** Events a second of each channel. */
  rate: number
  /** Only faults whose name has this word; '' = all. */
  only: string
}

/** True when nothing failed. Tells its figures after each fault. */
export async function soakNodes({ minutes, seed, channels, rate, only }: NodesOrder): Promise<boolean> {
  await build()
  installBrowser()
  const house = await House.open(NODES)
  const tenures = new Tenures(house.nodes)
  const [random, figures] = [seeded(seed), new Figures()]
  const rooms = await opened(house, tenures, channels)
  console.log(`${NODES} nodes, ${channels} channels × ${rate} events/s × ${NODES_LOAD.overlays} overlays, seed ${seed}`)
  const until = performance.now() + minutes * MINUTE_MS
  const faults: string[] = []
  let good = true
  for (const { kind, node } of inTurn(random, house.nodes, only)) {
    const told = await chapter({ house, rooms, random, rate, figures }, faults.length, kind, node)
    faults.push(told.fault)
    console.log(`${faults.length}. ${told.fault}: ${told.findings.length === 0 ? 'nothing wrong' : 'FAILED'}`)
    for (const line of figures.lines) console.log(`    ${line}`)
    good = told.findings.length === 0
    const output = house.nodes.map(({ name, servers }) => `${name}\n${servers.map((each) => each.output()).join('\n')}`)
    const again = `npm run soak -- nodes --channels ${channels} --rate ${rate}${only === '' ? '' : ` --only ${only}`} --seed ${seed}`
    if (!good) await tellFailure({ seed, ...told, faults, output: output.join('\n') }, again)
    if (!good || performance.now() > until) break
  }
  for (const room of rooms) room.close()
  await house.close()
  return good
}

async function opened(house: House, tenures: Tenures, channels: number): Promise<Room[]> {
  const [front, overlays] = [house.front.base, NODES_LOAD.overlays]
  const rooms: Room[] = []
  for (let nth = 0; nth < channels; nth++) {
    const node = house.nodes[nth % house.nodes.length]?.base ?? ''
    rooms.push(await Room.open({ front, node, nth, overlays, tenures }))
  }
  await Promise.all(rooms.map((room) => room.seated()))
  return rooms
}
