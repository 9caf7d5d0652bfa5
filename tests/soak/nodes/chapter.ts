import { setTimeout as sleep } from 'node:timers/promises'
import { judge } from '../../simulation/checker.ts'
import type { Finding, History } from '../../simulation/history.ts'
import { Gate } from '../faults/gate.ts'
import { Producer } from '../faults/producer.ts'
import type { Figures, Hit } from './figures.ts'
import type { House } from './house.ts'
import type { Kind } from './kinds.ts'
import type { Node } from './node.ts'
import type { Room } from './room.ts'

/** Load before a fault and behind it, ms. */
const BEFORE_MS = [3_000, 6_000] as const
/** By then all of it flows. */
const FLOWS_AFTER_MS = 2_000
const BEHIND_MS = 2_000
const PRODUCERS = 2
/** Lines of one push: as many as a busy second has, so that what is measured is not the calls. */
const SIZES = [5, 10, 20, 20, 45] as const
/** Events of one push, on an average: what is said again, and what is taken away, counts for none (tests/simulation/sender.ts). */
const EVENTS_A_PUSH = 16
/** As who waits does that is asked to come back in a second: all channels are refused at once. */
const AGAIN_MS = 1_000

export interface Scene {
  house: House
  rooms: readonly Room[]
  random: () => number
  /** Events a second of each channel. */
  rate: number
  figures: Figures
}

export interface Chapter {
  fault: string
  findings: Finding[]
  histories: History[]
}

/** One fault under load; then quiet, and all that was sent and seen is judged. */
export async function chapter(scene: Scene, nth: number, kind: Kind, node: Node): Promise<Chapter> {
  const { rooms, random, figures } = scene
  const fault = kind.ofNode ? `${kind.name} (${node.name})` : kind.name
  const told: Chapter = { fault, findings: [], histories: [] }
  try {
    await each(rooms, (room) => room.turnOver())
    const began = performance.now()
    const producers = rooms.flatMap((room) => load(scene, room, nth))
    const [from, to] = BEFORE_MS
    // When it hits is what the fault is about; nothing is awaited by it.
    await sleep(from + random() * (to - from))
    const hitAt = performance.now()
    const hit = await strike(scene, kind, node)
    await sleep(BEHIND_MS)
    await Promise.all(producers.map((producer) => producer.stop()))
    figures.loadedMs += performance.now() - began
    await each(rooms, (room) => room.settle())
    const told_ = await Promise.all(rooms.map((room) => room.history()))
    told.histories = told_.map(({ history }) => history)
    told.findings.push(...told.histories.flatMap(judge), ...told_.flatMap(({ conflicts }) => conflicts))
    for (const room of rooms) for (const what of room.complaints.splice(0)) told.findings.push(lost(room.name, what))
    for (const history of told.histories) count(figures, history, began + FLOWS_AFTER_MS, hitAt)
    figures.calm.ms += hitAt - began - FLOWS_AFTER_MS
    figures.add(kind.name, told.findings, hit)
  } catch (error) {
    told.findings.push(lost(fault, String(error)))
    told.histories = (await Promise.all(rooms.map((room) => room.history().catch(() => null)))).flatMap(
      (each) => each?.history ?? [],
    )
    figures.add(kind.name, told.findings)
  }
  return told
}

function load({ random, rate }: Scene, room: Room, nth: number): Producer[] {
  const pauseMs = (EVENTS_A_PUSH * PRODUCERS * 1_000) / rate
  return Array.from({ length: PRODUCERS }, (_, of) => {
    const name = `${room.name}-c${nth}-p${of + 1}`
    const habits = { pauseMs: [0.5 * pauseMs, 1.5 * pauseMs], againMs: AGAIN_MS, sizes: SIZES, even: true } as const
    const producer = new Producer(name, room, new Gate(), random, habits)
    producer.start()
    return producer
  })
}

async function strike({ house, rooms, random }: Scene, kind: Kind, node: Node): Promise<Hit> {
  const homeless = kind.ofNode ? rooms.filter(({ home }) => home?.node === node) : []
  const [hitAt, hitOn] = [performance.now(), Date.now()]
  const begun = kind.begin(house, node)
  const recovered = Promise.all(
    rooms.map(async (room) => {
      await room.probe()
      return performance.now() - hitAt
    }),
  )
  // It is awaited below, behind the end of the fault.
  recovered.catch(() => undefined)
  await begun
  const [from, to] = kind.lastsMs
  await sleep(from + random() * (to - from))
  await kind.end(house, node)
  const lastedMs = performance.now() - hitAt
  const recoveries = await recovered
  const taken = homeless.map((room) => room.takenAfter(hitOn))
  return { lastedMs, recoveries, takeovers: taken.flatMap((at) => (at === undefined ? [] : [at - hitOn])) }
}

/** All at once would be a load of its own. */
async function each(rooms: readonly Room[], act: (room: Room) => Promise<void>): Promise<void> {
  const left = [...rooms]
  const some = async () => {
    for (let room = left.shift(); room !== undefined; room = left.shift()) await act(room)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, some))
}
const AT_ONCE = 16

/** `from`, `to`: between these nothing was wrong. */
function count(figures: Figures, { sent, order, transcripts }: History, from: number, to: number): void {
  figures.events += order.length
  figures.calm.events += order.filter(({ at }) => at >= from && at < to).length
  const kept = new Set(transcripts.flatMap(({ kept }) => kept.flatMap((each) => ('id' in each ? [each.id] : []))))
  figures.unkept += sent.filter(({ id, taken }) => taken && !kept.has(id)).length
}

function lost(where: string, what: string): Finding {
  return { kind: 'lost', where, what }
}
