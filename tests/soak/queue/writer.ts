import { workerData } from 'node:worker_threads'
import { GROUND, type QueueMemory, viewQueue, WORD } from '../../../workers/queue/layout.ts'
import { recordSize } from '../../../workers/queue/record.ts'
import { QueueWriter } from '../../../workers/queue/writer.ts'
import { seeded } from '../../../workers/random.ts'
import { jumpClock } from './clock.ts'
import { Control } from './control.ts'
import { putRecord } from './made.ts'
import type { LifePlan, Shape } from './plan.ts'
import { nameOfStep, steppedGround } from './steps.ts'

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
const REST_LOOK_MS = 0.1

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
  if (random() < life.rests) rest()
}
rest()

/** Says nothing until all of it is taken: a reader that was not woken is left alone with it. */
function rest(): void {
  const { words } = viewQueue(start.memory)
  const written = Atomics.load(words, WORD.tail)
  while (((Atomics.load(words, WORD.head) - written) | 0) < 0) sleep(REST_LOOK_MS)
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

/** The steps, counted from the start, from which on the thread stands still once. */
function freezingSteps(): { from: number; wanted: string | null }[] {
  const freezes = life.pauses.map(({ step }) => ({ from: step, wanted: null as string | null }))
  if (life.end === 'step') freezes.push({ from: life.after, wanted: life.wanted })
  let sum = 0
  for (const freeze of freezes) freeze.from = sum += freeze.from
  return freezes
}

function before(operation: number, word: number): void {
  step++
  if (isToFreeze(operation, word)) {
    freezes.shift()
    control.freeze(operation, word)
  } else if (random() < life.hesitation) sleep(random() * LONGEST_HESITATION_MS)
}

function isToFreeze(operation: number, word: number): boolean {
  const [next] = freezes
  if (next === undefined || step < next.from) return false
  return next.wanted === null || next.wanted === nameOfStep(operation, word)
}

function sleep(ms: number): void {
  Atomics.wait(still, 0, 0, ms)
}
