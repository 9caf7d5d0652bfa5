import { type QueueMemory, WORD } from '../../workers/queue/layout.ts'
import { QueueReader } from '../../workers/queue/reader.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'
import { type Model, type State, word } from './explore.ts'
import { Interrupted, MODEL_RING_BYTES, type ModelGround, Party } from './steps.ts'

/** One thread writes records into a ring that holds two of them, the main thread takes them, and the writer may die. */

const RECORDS = 3
const RECORD_BYTES = 24
const WRITER = 1
const READER = 2
/** The model's memory is the checker's own; the views ignore this. */
const NOWHERE: QueueMemory = { shared: new SharedArrayBuffer(0) }
const ROOM = 'there is room'

export interface RingVariant {
  writerGround?: (ground: ModelGround) => ModelGround
  reader?: (ground: ModelGround) => QueueReader
}

/** A record whose every byte says which one it is. */
function record(seq: number): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES).fill(seq)
  new DataView(bytes.buffer).setUint32(0, RECORD_BYTES, true)
  return bytes
}

function writer(variant: RingVariant): Party {
  return new Party('writer', async (ground) => {
    const queue = new QueueWriter(NOWHERE, WRITER, variant.writerGround?.(ground) ?? ground)
    for (let seq = 1; seq <= RECORDS; seq++) {
      ground.mark(`begins record ${seq}`)
      while (queue.write(record(seq), 0, RECORD_BYTES) === 0) {
        ground.until(ROOM)
        ground.mark(`tries record ${seq} again`)
      }
    }
    ground.mark('is done')
  })
}

function reader(variant: RingVariant): Party {
  return new Party('reader', async (ground) => {
    const queue = variant.reader?.(ground) ?? new QueueReader(NOWHERE, READER, ground)
    let seen = 0
    while (seen < RECORDS) {
      ground.mark(`looks, has ${seen}`)
      const batch = queue.take()
      if (Buffer.isBuffer(batch)) seen = checked(batch, seen)
      else if (await died(batch === null ? queue.filled() : queue.released())) return finish(ground, queue, seen)
    }
    ground.mark('is done')
  })
}

/** The death of the writer reaches the main thread while it waits, never while it takes. */
async function died(waiting: Promise<void>): Promise<boolean> {
  try {
    await waiting
    return false
  } catch (error) {
    if (error instanceof Interrupted) return true
    throw error
  }
}

/** As the supervisor does: buries the writer, then takes all that it had published. */
function finish(ground: ModelGround, queue: QueueReader, before: number): void {
  let seen = before
  ground.mark(`finishes, has ${seen}`)
  queue.bury(WRITER)
  for (let batch = queue.take(); batch !== null; batch = queue.take()) {
    if (batch === 'busy') throw new Error('the lock of a dead writer is stuck')
    seen = checked(batch, seen)
    ground.mark(`finishes, has ${seen}`)
  }
  ground.mark(`is done with ${seen}`)
}

function checked(batch: Buffer, before: number): number {
  let seen = before
  for (let at = 0; at < batch.length; at += RECORD_BYTES) {
    const got = batch.subarray(at, at + RECORD_BYTES)
    seen++
    if (!got.equals(record(seen))) throw new Error(`record ${seen} is torn or out of order`)
  }
  return seen
}

export function ringModel(name: string, deaths: number, variant: RingVariant = {}): Model {
  return {
    name,
    parties: [writer(variant), reader(variant)],
    deaths,
    mortal: [true, false],
    ring: true,
    open: (label, state) => (label === ROOM && hasRoom(state) ? ['yes'] : []),
    wrongAtEnd: (state) =>
      used(state) === 0 || Number(state.facts['dead 0'] ?? 0) === 0 ? null : 'published records are left',
  }
}

function used(state: State): number {
  return (word(state, WORD.tail) - word(state, WORD.head)) >>> 0
}

function hasRoom(state: State): boolean {
  return MODEL_RING_BYTES - used(state) >= RECORD_BYTES
}

/** Publishes the tail first and copies after: a death in between leaves a torn record in sight. */
export const publishingFirst: RingVariant = {
  writerGround(ground) {
    const late: (() => void)[] = []
    const view: ModelGround['view'] = (memory) => {
      const views = ground.view(memory)
      const ring = Object.create(views.ring, {
        set: {
          value: (source: ArrayLike<number>, at?: number) =>
            void late.push(() => views.ring.set(Array.from(source), at)),
        },
      }) as Uint8Array
      return { ...views, ring }
    }
    const store = (words: Int32Array, which: number, value: number) => {
      const before = ground.atomics.store(words, which, value)
      if (which === WORD.tail) for (const copy of late.splice(0)) copy()
      return before
    }
    return { ...ground, view, atomics: { ...ground.atomics, store: store as ModelGround['atomics']['store'] } }
  },
}

/** Looks whether there is something, and only then says that it sleeps: what comes in between rings for nobody. */
export const lookingFirst: RingVariant = { reader: (ground) => new HastySleeper(NOWHERE, READER, ground) }

class HastySleeper extends QueueReader {
  readonly #ground: ModelGround
  constructor(memory: QueueMemory, owner: number, ground: ModelGround) {
    super(memory, owner, ground)
    this.#ground = ground
  }
  override async filled(): Promise<void> {
    const { atomics, words } = this.#ground
    if (this.depth > 0) return
    const bell = atomics.load(words, WORD.bell)
    atomics.store(words, WORD.sleeping, 1)
    const wait = atomics.waitAsync(words, WORD.bell, bell)
    if (wait.async) await wait.value
    atomics.store(words, WORD.sleeping, 0)
  }
}
