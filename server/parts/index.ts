import type { Hub } from '../channels/hub.ts'
import type { UpgradeParts } from '../channels/upgrade.ts'
import type { House } from '../house.ts'
import type { Ingest } from '../ingest.ts'
import { alone } from './alone.ts'
import { openChannels } from './channels.ts'
import { houseOf, upgradeOf } from './doors.ts'
import { type Given, type Ground, openGround } from './ground.ts'
import { openKeys } from './keys.ts'
import { begin, close, type Whole } from './life.ts'
import { measure, tell } from './measuring.ts'
import { forgetHere, spreadNews } from './news.ts'
import type { Nodes } from './nodes.ts'
import { openSeveral } from './several.ts'
import { openSockets } from './sockets.ts'
import { openUpkeep } from './upkeep.ts'
import { openWay } from './way.ts'

/** Every part of one CrossChat, made once. */
export interface Parts {
  house: House
  ingest: Ingest
  hub: Hub
  /** What sockets and event streams are let in with. */
  upgrade: UpgradeParts
  /** Where it listens: other nodes reach it there. */
  listens(address: string): void
  /** Not ready from now on, and still at work. */
  leave(): void
  /** Stops all of it, in the order in which nothing accepted is lost. */
  close(): Promise<void>
}

/** Opens what is kept, starts the line, and takes up the streams that were live. */
export async function openParts(given: Given): Promise<Parts> {
  const whole = await make(given)
  await begin(whole)
  const leave = () => whole.thisNode.leave()
  return {
    house: await houseOf(whole),
    ingest: whole.ingest,
    hub: whole.hub,
    upgrade: upgradeOf(whole),
    listens: (address) => whole.nodes.listens(address),
    leave,
    close() {
      leave()
      return close(whole)
    },
  }
}

/** From the ground up; none of them runs yet. */
async function make(given: Given): Promise<Whole> {
  const ground = await openGround(given)
  const nodes = await openNodes(ground)
  const keys = openKeys(ground)
  const way = openWay(ground, nodes.bus)
  const channels = await openChannels(ground, keys, way)
  const sockets = openSockets(ground, way, channels, nodes)
  const made = { ...ground, ...keys, ...way, ...channels, ...sockets, nodes }
  const forget = forgetHere(made)
  const measured = { ...made, engine: measure(made) }
  const whole = { ...measured, ...openUpkeep(made, forget), thisNode: tell(measured) }
  spreadNews(whole, forget)
  return whole
}

async function openNodes(ground: Ground): Promise<Nodes> {
  const { redisUrl } = ground.config
  if (redisUrl === null) return alone()
  return openSeveral(ground, redisUrl).catch(async (error: unknown) => {
    await ground.stores.close()
    throw error
  })
}
