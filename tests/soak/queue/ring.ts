import { allocateQueue, GROUND, type Ground, type QueueMemory, viewQueue, WORD } from '../../../workers/queue/layout.ts'
import { QueueReader } from '../../../workers/queue/reader.ts'
import { Checker } from './checker.ts'
import type { Figures } from './figures.ts'
import { Life } from './life.ts'
import type { LifePlan, RingPlan } from './plan.ts'
import { steppedGround } from './steps.ts'

/** What all rings of a run share. */
export interface Common {
  figures: Figures
  noise: SharedArrayBuffer
  clockJumps: boolean
  random: () => number
  /** Owner ids are never used again. */
  newOwner(): number
  /** Something has moved. */
  progress(): void
}

/** One ring and what its writers' lives need of it. */
export interface Ring extends Common {
  plan: RingPlan
  memory: QueueMemory
  words: Int32Array
  reader: QueueReader
}

/** Breaks of the reading loop longer than this are a pause, as the server's drain has it; ms. */
const PAUSE_FROM_MS = 1
const LONGEST_PAUSE_MS = 16
const LONGEST_HESITATION_MS = 0.2
const still = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

/** Lets all writers live and die on one memory while it is read, then takes what is left and holds it against them. */
export async function runRing(common: Common, plan: RingPlan): Promise<void> {
  const memory = allocateQueue(plan.capacity)
  const { words } = viewQueue(memory)
  Atomics.store(words, WORD.tail, plan.startAt)
  Atomics.store(words, WORD.head, plan.startAt)
  const reader = new QueueReader(memory, common.newOwner(), readersGround(common, plan))
  const ring: Ring = { ...common, plan, memory, words, reader }
  const checker = new Checker(ring.figures, ring.noise, plan.shape)
  const newOwner = () => {
    const owner = common.newOwner()
    checker.expect(owner)
    return owner
  }
  const reading = read(ring, checker)
  const ended = await Promise.all(plan.writers.map((lives) => liveOn({ ...ring, newOwner }, lives)))
  finish(ring, checker)
  ring.reader.stop()
  await reading
  for (const { owner, returned } of ended.flat()) {
    const missing = returned - checker.last(owner)
    if (missing <= 0) continue
    ring.figures.lost += missing
    ring.figures.faults.push(`Writer ${owner} had written ${returned}; seen were ${checker.last(owner)}.`)
  }
}

function readersGround({ random }: Common, { hesitation }: RingPlan): Ground {
  if (hesitation === 0) return GROUND
  return steppedGround(() => {
    if (random() < hesitation) Atomics.wait(still, 0, 0, random() * LONGEST_HESITATION_MS)
  })
}

/** One life after the other; the next thread starts while the last one writes. */
async function liveOn(ring: Ring, plans: LifePlan[]): Promise<Life[]> {
  const lives: Life[] = []
  let before = Promise.resolve()
  for (const plan of plans) {
    const life = new Life(ring, plan)
    await before
    before = life.live()
    lives.push(life)
  }
  await before
  return lives
}

/** The loop of `server/drain.ts`, without its watchdog: a wake-up that is lost here is never made good. */
async function read(ring: Ring, checker: Checker): Promise<void> {
  const { reader } = ring
  let idle = false
  while (!reader.stopped) {
    const began = performance.now()
    const batch = reader.take()
    if (batch === null) await reader.filled()
    else if (batch === 'busy') await reader.released()
    else hear(ring, checker, batch)
    if (batch !== null || idle) await breath(Buffer.isBuffer(batch) ? performance.now() - began : 0)
    idle = batch === null
  }
}

function hear(ring: Ring, checker: Checker, batch: Buffer): void {
  checker.check(batch)
  ring.progress()
  const { chance, ms } = ring.plan.stall
  // Blocks the reading thread on purpose, outside of the lock: the ring fills up behind it.
  if (ring.random() < chance) Atomics.wait(still, 0, 0, ring.random() * ms)
}

function breath(cost: number): Promise<void> {
  return new Promise((resolve) => {
    if (cost < PAUSE_FROM_MS) setImmediate(resolve)
    else setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, cost))
  })
}

/** All writers are dead and buried: what is published must come out at once. */
function finish(ring: Ring, checker: Checker): void {
  for (let batch = ring.reader.take(); batch !== null; batch = ring.reader.take()) {
    if (batch === 'busy') {
      ring.figures.faults.push('The lock is held though all writers are dead and buried.')
      return
    }
    checker.check(batch)
  }
}
