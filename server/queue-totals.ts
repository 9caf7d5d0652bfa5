import type { QueueFigures, QueueReader } from '../workers/queue/reader.ts'

/** What the queue counts in its head words: anew with each life of the worker, and modulo 2^32. */
const COUNTERS = ['records', 'bytes', 'holds', 'contended', 'backoffs', 'rings', 'recoveries'] as const
type Counter = (typeof COUNTERS)[number]

/** The same counts since the process began, over all lives; they never fall. */
export interface Totals extends Readonly<Record<Counter, number>> {
  /** By bucket, see `bucketOf` in workers/queue/layout.ts. */
  heldFor: readonly number[]
  waitedFor: readonly number[]
}

export type Queue = Pick<QueueReader, 'figures'>

export const NOTHING_COUNTED: Totals = {
  records: 0,
  bytes: 0,
  holds: 0,
  contended: 0,
  backoffs: 0,
  rings: 0,
  recoveries: 0,
  heldFor: [],
  waitedFor: [],
}

/** Adds up what the queues of all lives have counted. Exact as long as no count goes once around between two reads. */
export class QueueTotals {
  #queue: Queue | null = null
  /** What was last read of this life; null = nothing yet, so it counts from 0. */
  #last: QueueFigures | null = null
  #totals = NOTHING_COUNTED

  /** What was last read, also when that life has ended. */
  get last(): QueueFigures | null {
    return this.#last
  }

  /** `queue`: that of the worker's life right now; null between two lives. */
  read(queue: Queue | null): Totals {
    // Also when the life has ended: the last that it counted still stands in its memory.
    this.#add()
    if (queue !== null && queue !== this.#queue) {
      this.#queue = queue
      this.#last = null
      this.#add()
    }
    return this.#totals
  }

  #add(): void {
    if (this.#queue === null) return
    const now = this.#queue.figures()
    this.#totals = sum(this.#totals, this.#last, now)
    this.#last = now
  }
}

function sum(totals: Totals, before: QueueFigures | null, now: QueueFigures): Totals {
  const grown = (counter: Counter) => totals[counter] + growth(before?.[counter], now[counter])
  const each = (histogram: 'heldFor' | 'waitedFor') =>
    now[histogram].map((count, i) => (totals[histogram][i] ?? 0) + growth(before?.[histogram][i], count))
  const counts = Object.fromEntries(COUNTERS.map((counter) => [counter, grown(counter)])) as Record<Counter, number>
  return { ...counts, heldFor: each('heldFor'), waitedFor: each('waitedFor') }
}

/** By how much a count modulo 2^32 has grown. */
function growth(before: number | undefined, now: number): number {
  return (now - (before ?? 0)) >>> 0
}
