import { workerData } from 'node:worker_threads'
import { GROUND, type QueueMemory } from '../../../workers/queue/layout.ts'
import { recordSize } from '../../../workers/queue/record.ts'
import { QueueWriter } from '../../../workers/queue/writer.ts'
import { seeded } from '../../../workers/random.ts'
import { jumpClock } from './clock.ts'
import { Control } from './control.ts'
import { putRecord } from './made.ts'
import type { LifePlan, Shape } from './plan.ts'
import { steppedGround } from './steps.ts'

/** The entry of a writing thread: numbered records for ever, until it is terminated or asked to end. */

export interface WriterStart {
  memory: QueueMemory
  owner: number
  control: SharedArrayBuffer
  noise: SharedArrayBuffer
  shape: Shape
  life: LifePlan
  clockJumps: boolean
}

const LONGEST_HESITATION_MS = 0.5
const LONGEST_NAP_MS = 1

const start = workerData as WriterStart
const { owner, shape, life } = start
const random = seeded(life.seed)
const control = new Control(start.control)
const noise = new Uint8Array(start.noise)
const still = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
if (start.clockJumps) jumpClock(random)

const freezes = freezingSteps()
let step = 0
const free = freezes.length === 0 && life.hesitation === 0
const writer = new QueueWriter(start.memory, owner, free ? GROUND : steppedGround(before))

const largest = recordSize(shape.largest)
/** Batches may be larger than the ring. */
const bytes = new Uint8Array(Math.max(largest, 2 * writer.capacity))
const batch = { bytes, view: new DataView(bytes.buffer) }
/** Where each record of the batch ends. */
let ends: number[] = []

control.awaitGo()
for (let seq = 1; !control.asked; seq += ends.length) {
  fill(seq)
  write(seq)
}

function fill(first: number): void {
  ends = []
  const count = 1 + Math.floor(random() * shape.batch)
  for (let at = 0; ends.length < count && at + largest <= bytes.length; ) {
    at = putRecord(batch, at, noise, owner, first + ends.length, shape)
    ends.push(at)
  }
}

function write(first: number): void {
  const end = ends.at(-1) ?? 0
  let whole = 0
  for (let at = 0; at < end; ) {
    at = writer.write(bytes, at, end)
    while (whole < ends.length && (ends[whole] ?? 0) <= at) whole++
    if (whole > 0) control.noteReturned(first + whole - 1)
    if (at < end) sleep(random() * LONGEST_NAP_MS)
  }
}

/** The steps, counted from the start, before which the thread stands still. */
function freezingSteps(): number[] {
  const gaps = life.pauses.map(({ step }) => step)
  if (life.end === 'step') gaps.push(life.after)
  let sum = 0
  return gaps.map((gap) => {
    sum += gap
    return sum
  })
}

function before(operation: number, word: number): void {
  if (++step === freezes[0]) {
    freezes.shift()
    control.freeze(operation, word)
  } else if (random() < life.hesitation) sleep(random() * LONGEST_HESITATION_MS)
}

function sleep(ms: number): void {
  Atomics.wait(still, 0, 0, ms)
}
