import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../../../workers/random.ts'
import { judge } from '../../simulation/checker.ts'
import type { Finding, History } from '../../simulation/history.ts'
import type { Figures } from './figures.ts'
import type { Ground } from './ground.ts'
import type { Kind } from './kind.ts'
import { drawn } from './kinds.ts'
import { Scene } from './scene.ts'

/** Load before a fault, ms. */
const BEFORE_MS = [300, 2_500] as const

export interface Orders {
  seed: number
  ground: Ground
  rooms: number
  figures: Figures
  /** The faults of this chapter, one after the other; or those to draw from, for so many ms. */
  faults: readonly Kind[] | { among: readonly Kind[]; forMs: number }
}

/** What a chapter came to. */
export interface Chapter {
  seed: number
  /** In order, as far as it came. */
  faults: string[]
  findings: Finding[]
  histories: History[]
  /** All that the servers said. */
  output: string
  events: number
}

/** A server's life under load, with one fault after the other; after each one, all that was sent and seen is judged. */
export async function chapter(orders: Orders): Promise<Chapter> {
  const random = seeded(orders.seed)
  const scene = await Scene.open({ ...orders, random })
  const told: Chapter = { seed: orders.seed, faults: [], findings: [], histories: [], output: '', events: 0 }
  try {
    for (const kind of kindsOf(orders, random)) {
      await oneFault(scene, kind, told, orders.figures)
      if (told.findings.length > 0) break
    }
  } catch (error) {
    told.findings.push({ kind: 'lost', where: told.faults.at(-1) ?? 'the beginning', what: String(error) })
  } finally {
    told.output = scene.server.output()
    told.events = told.histories.reduce((sum, { order }) => sum + order.length, 0)
    await scene.close(told.findings.length === 0)
  }
  return told
}

function* kindsOf({ faults }: Orders, random: () => number): Iterable<Kind> {
  if (!('among' in faults)) {
    yield* faults
    return
  }
  const until = performance.now() + faults.forMs
  while (performance.now() < until) yield drawn(faults.among, random)
}

async function oneFault(scene: Scene, kind: Kind, told: Chapter, figures: Figures): Promise<void> {
  told.faults.push(kind.name)
  scene.load()
  const [from, to] = BEFORE_MS
  // When it hits is what the fault is about; nothing is awaited by it.
  await sleep(from + scene.random() * (to - from))
  const hitAt = await kind.inject(scene)
  const recoveries = await Promise.all(
    scene.rooms.map(async (room) => {
      await room.probe()
      return performance.now() - hitAt
    }),
  )
  await scene.hush()
  await Promise.all(scene.rooms.map((room) => room.settle()))
  told.histories = await Promise.all(scene.rooms.map((room) => room.history()))
  const findings = [...told.histories.flatMap(judge), ...(await scene.findings())]
  for (const room of scene.rooms) room.dismiss()
  told.findings.push(...findings)
  figures.add(kind, recoveries, findings)
}
