import { GROUND, type Ground, HEAD_BYTES, type QueueMemory, viewQueue, WORD } from '../../../workers/queue/layout.ts'

/**
 * A ground for the queue on which everything that one thread does to the shared memory is a step: each use of Atomics,
 * each copy into the ring, and each copy once more in its middle. Before every step something can be done to the thread.
 */

const ATOMIC = ['load', 'store', 'add', 'exchange', 'compareExchange', 'wait', 'waitAsync', 'notify'] as const
const COPY = ATOMIC.length
const HALF_COPY = COPY + 1

export type BeforeStep = (operation: number, word: number) => void

export function steppedGround(before: BeforeStep): Ground {
  const atomics = Object.fromEntries(ATOMIC.map((name, operation) => [name, stepped(name, operation, before)]))
  const view = (memory: QueueMemory) => ({ ...viewQueue(memory), ring: steppedRing(memory, before) })
  return { ...GROUND, atomics: { ...GROUND.atomics, ...atomics }, view }
}

/** What a thread was about to do: "store tail". */
export function nameOfStep(operation: number, word: number): string {
  if (operation === COPY) return 'copy'
  if (operation === HALF_COPY) return 'other half of a copy'
  const name = Object.entries(WORD).find(([, index]) => index === word)?.[0] ?? word
  return `${ATOMIC[operation] ?? operation} ${name}`
}

function stepped(name: (typeof ATOMIC)[number], operation: number, before: BeforeStep) {
  return (...args: [Int32Array, number]) => {
    before(operation, args[1])
    return Reflect.apply(Atomics[name], undefined, args)
  }
}

function steppedRing(memory: QueueMemory, before: BeforeStep): Uint8Array<SharedArrayBuffer> {
  const ring = new Uint8Array(memory.shared, HEAD_BYTES)
  ring.set = (source: ArrayLike<number>, at = 0) => {
    if (!(source instanceof Uint8Array)) throw new TypeError('The queue copies bytes.')
    const half = source.length >>> 1
    before(COPY, 0)
    new Uint8Array(ring.buffer, HEAD_BYTES).set(source.subarray(0, half), at)
    before(HALF_COPY, 0)
    new Uint8Array(ring.buffer, HEAD_BYTES).set(source.subarray(half), at + half)
  }
  return ring
}
