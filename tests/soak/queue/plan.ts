import { HEAD_BYTES, MIN_RING_BYTES } from '../../../workers/queue/layout.ts'
import { LEASE_MS } from '../../../workers/queue/mutex.ts'
import { RECORD_HEAD } from '../../../workers/queue/record.ts'
import { pick, seeded } from '../../../workers/random.ts'

/** What is done to a queue, drawn from one seed: the same seed gives the same violence, though not the same interleaving. */
export interface Plan {
  seed: number
  clockJumps: boolean
  /** One after the other, each on fresh memory. */
  rings: RingPlan[]
}

export interface RingPlan {
  capacity: number
  /** Where TAIL and HEAD stand at first, modulo 2^32. */
  startAt: number
  shape: Shape
  stall: Stall
  /** Chance of a very short pause of the reading thread before each of its steps, also while it holds the lock. */
  hesitation: number
  /** One list a writer; its lives follow each other on the same memory, the writers work side by side. */
  writers: LifePlan[][]
}

/** Sizes of the records. */
export interface Shape {
  /** Bytes of the largest body. */
  largest: number
  /** 1 = all sizes alike; higher: mostly small ones. */
  skew: number
  /** Most records of one write. */
  batch: number
}

/** How often, per batch taken, the reading thread stands still, and for how long at most. */
export interface Stall {
  chance: number
  ms: number
}

/** One life of a writing thread. */
export interface LifePlan {
  /**
   * time: terminated this many ms after its first write, wherever it is.
   * step: frozen before its n-th step, or before the first of the wanted kind from there on, and terminated there.
   * asked: finishes its batch and ends by itself when asked, this many ms after its first write.
   */
  end: 'time' | 'step' | 'asked'
  after: number
  wanted: string | null
  seed: number
  /** Chance of a short sleep before any step; 0: at full speed on the real ground, unless it is frozen somewhere. */
  hesitation: number
  /** Chance, after a write, of saying nothing until all of it is taken. Only for those that end by themselves. */
  rests: number
  /** Steps at which the thread is frozen for a while and then goes on, ascending. */
  pauses: Pause[]
}

export interface Pause {
  /** Steps since the last pause. */
  step: number
  ms: number
  /** The lease is put back in time, so that a short pause is one past its lease. */
  backdated: boolean
}

/** Steps that would seldom be hit by chance, each between two things that belong together. */
const RARE_STEPS = ['notify lock', 'store tail', 'other half of a copy', 'exchange sleeping', 'notify bell'] as const

const SMALLEST_EXPONENT = Math.log2(MIN_RING_BYTES)
const LARGEST_EXPONENT = 20
export const LARGEST_RING_BYTES = 2 ** LARGEST_EXPONENT
const ALIGN = 8

export function planOf(seed: number): Plan {
  const random = seeded(seed)
  const rings = Array.from({ length: 1 + whole(random, 3) }, () => ringPlan(random))
  return { seed, clockJumps: random() < 0.5, rings }
}

function ringPlan(random: () => number): RingPlan {
  const capacity = 2 ** (SMALLEST_EXPONENT + whole(random, LARGEST_EXPONENT - SMALLEST_EXPONENT + 1))
  const shape = {
    largest: largestBody(random, capacity),
    skew: pick(random, [1, 3, 8]),
    batch: pick(random, [1, 8, 64, 300]),
  }
  const stall = { chance: pick(random, [0, 0.01, 0.1]), ms: pick(random, [2, 20]) }
  const writers = Array.from({ length: 1 + whole(random, 2) }, () => lives(random))
  const hesitation = pick(random, [0, 0, 0.01, 0.1])
  return { capacity, startAt: startOf(random), shape, stall, hesitation, writers }
}

function largestBody(random: () => number, capacity: number): number {
  const most = capacity - RECORD_HEAD
  return pick(random, [1, 64, Math.max(1, capacity >>> 4), most >>> 1, most - whole(random, 16), most])
}

/** Anywhere, or so that the positions pass 2^31 or 2^32 soon. */
function startOf(random: () => number): number {
  const before = ALIGN * (1 + whole(random, HEAD_BYTES))
  return pick(random, [0, ALIGN * whole(random, 2 ** 29), 2 ** 31 - before, 2 ** 32 - before]) | 0
}

function lives(random: () => number): LifePlan[] {
  return Array.from({ length: 1 + whole(random, 4) }, () => lifePlan(random))
}

function lifePlan(random: () => number): LifePlan {
  const end = pick<LifePlan['end']>(random, ['time', 'time', 'step', 'step', 'step', 'asked'])
  return {
    end,
    // Steps are drawn evenly by magnitude: also the very first ones are hit.
    after: end === 'step' ? Math.floor(2_000 ** random()) : random() * (random() < 0.05 ? 300 : 40),
    wanted: end === 'step' && random() < 0.4 ? pick(random, RARE_STEPS) : null,
    seed: whole(random, 2 ** 31),
    hesitation: pick(random, [0, 0, 0, 0.002, 0.05]),
    rests: end === 'asked' ? pick(random, [0, 0.1, 1]) : 0,
    pauses: Array.from({ length: random() < 0.2 ? 1 + whole(random, 2) : 0 }, () => pause(random)),
  }
}

function pause(random: () => number): Pause {
  const backdated = random() < 0.97
  const ms = backdated ? 2 + random() * 40 : LEASE_MS + 50 + random() * 300
  return { step: Math.floor(500 ** random()), ms, backdated }
}

function whole(random: () => number, below: number): number {
  return Math.floor(random() * below)
}
