import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../../../workers/random.ts'
import { judge } from '../../simulation/checker.ts'
import type { Finding, History } from '../../simulation/history.ts'
import type { Ground } from './ground.ts'
import { inspect } from './inspect.ts'
import { Scene } from './scene.ts'

/** Of load before a kill, ms. */
const BEFORE_MS = [150, 650] as const
/** Kills between two judgements. */
const JUDGED_EVERY = 10

export interface Orders {
  seed: number
  times: number
  rooms: number
  ground: Ground
  /** After each kill. */
  killed?(kills: Kills): void
}

/** What came of being killed so often. */
export interface Kills {
  kills: number
  /** Events whose senders were told that they stand in the transcript. */
  answered: number
  findings: Finding[]
  /** Why a folder could not be read as it was left. */
  unreadable: string[]
  /** Files of which a torn tail was cut off. */
  repaired: number
  /** Of each start, ms: until it listened, and until every overlay that had stayed showed something new. */
  listening: number[]
  showing: number[]
  histories: History[]
  /** What the last server said. */
  output: string
}

/** Kills a server under load at random moments, and starts it again on what it left; its readers come back by themselves. */
export async function killOften(orders: Orders): Promise<Kills> {
  const random = seeded(orders.seed)
  const scene = await Scene.open({ ...orders, random })
  const told = noKills()
  try {
    await killAll(scene, told, orders)
  } catch (error) {
    told.findings.push({ kind: 'lost', where: 'the server', what: String(error) })
  } finally {
    told.output = scene.server.output()
    await scene.close(told.findings.length === 0)
  }
  return told
}

async function killAll(scene: Scene, told: Kills, { times, killed = () => {} }: Orders): Promise<void> {
  const [from, to] = BEFORE_MS
  while (told.kills < times && told.findings.length === 0) {
    if (told.kills % JUDGED_EVERY === 0) scene.load()
    // The moment of the kill is what this is about; nothing is awaited by it.
    await sleep(from + scene.random() * (to - from))
    await killOnce(scene, told)
    if (told.kills % JUDGED_EVERY === 0 || told.kills === times) await judgeAll(scene, told)
    killed(told)
  }
}

async function killOnce(scene: Scene, told: Kills): Promise<void> {
  const ids = scene.rooms.map(({ streamId }) => streamId)
  const { begunAt, upAt } = await scene.restart('SIGKILL', async () => {
    const { repaired, unreadable } = await inspect(scene.server.dataDir, ids)
    told.repaired += repaired
    if (unreadable !== null) told.unreadable.push(unreadable)
  })
  told.kills++
  told.listening.push(upAt - begunAt)
  const shown = scene.rooms.map(async (room) => {
    await room.probe()
    return performance.now() - begunAt
  })
  told.showing.push(...(await Promise.all(shown)))
}

async function judgeAll(scene: Scene, told: Kills): Promise<void> {
  await scene.hush()
  await Promise.all(scene.rooms.map((room) => room.settle()))
  told.histories = await Promise.all(scene.rooms.map((room) => room.history()))
  told.findings.push(...told.histories.flatMap(judge), ...(await scene.findings()))
  const kept = scene.rooms.flatMap(({ sent }) =>
    sent.filter(({ archived, archivedAgain }) => archived || archivedAgain),
  )
  told.answered = kept.length
}

function noKills(): Kills {
  return {
    kills: 0,
    answered: 0,
    findings: [],
    unreadable: [],
    repaired: 0,
    listening: [],
    showing: [],
    histories: [],
    output: '',
  }
}
