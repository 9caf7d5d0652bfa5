import { randomBytes } from 'node:crypto'
import type { Ruled } from '../workers/ruled.ts'
import { Marks } from './marks.ts'
import { RemovedIds } from './removed-ids.ts'

/** Ids remembered of a channel, so that a redelivery after the worker's death is a duplicate. */
export const REMEMBERED_MARKS = 10_000
const EPOCH_BYTES = 12

/** A channel as the line knows it. */
export interface Entry {
  readonly id: string
  readonly number: number
  readonly epoch: string
  /** The last seq that came out of the ring, and the one that it began after here. */
  seq: number
  readonly began: number
  /** Nothing more comes. */
  closed: boolean
  rules: Ruled
  readonly marks: Marks
  /** How many of the marks ever added were kept last; -1 = none ever were. */
  marksKept: number
  /** For what comes after its removal and finds another worker. */
  readonly removed: RemovedIds
  readonly waiting: { seq: number; resolve: () => void }[]
}

/** The channels that are open on the line, by id and by the number that stands in their records. */
export class Entries {
  readonly #byId = new Map<string, Entry>()
  readonly #byNumber = new Map<number, Entry>()
  #nextNumber = 1

  get size(): number {
    return this.#byId.size
  }

  /**
   * Makes a channel in a new epoch, whose first event comes after `seq`. Numbers are never used twice: a late record of a closed
   * channel meets nobody.
   */
  open(id: string, rules: Ruled, marks: Iterable<number>, seq = 0, removed = new RemovedIds()): Entry {
    const epoch = randomBytes(EPOCH_BYTES).toString('base64url')
    const entry: Entry = {
      id,
      number: this.#nextNumber++,
      epoch,
      seq,
      began: seq,
      closed: false,
      rules,
      marks: new Marks(REMEMBERED_MARKS),
      marksKept: -1,
      removed,
      waiting: [],
    }
    for (const mark of marks) entry.marks.add(mark)
    this.#byId.set(id, entry)
    this.#byNumber.set(entry.number, entry)
    return entry
  }

  get(id: string): Entry | undefined {
    return this.#byId.get(id)
  }

  numbered(number: number): Entry | undefined {
    return this.#byNumber.get(number)
  }

  /** Whoever waits for its events waits no longer. */
  close(entry: Entry): void {
    entry.closed = true
    for (const { resolve } of entry.waiting.splice(0)) resolve()
    this.#byId.delete(entry.id)
    this.#byNumber.delete(entry.number)
  }

  all(): Iterable<Entry> {
    return this.#byId.values()
  }
}

/** The seqs of what came out of the ring here under these fingerprints, as far as they are remembered. `all`: each was found. */
export function seqsOf(
  { marks, seq, began }: Entry,
  fingerprints: readonly number[],
): { seqs: number[]; all: boolean } {
  if (fingerprints.length === 0) return { seqs: [], all: true }
  const [wanted, list, seqs] = [new Set(fingerprints), marks.list(), [] as number[]]
  // Each event leaves one mark; those before were brought along.
  const own = Math.min(list.length, seq - began)
  for (let back = own; back > 0; back--) if (wanted.delete(list[list.length - back] ?? 0)) seqs.push(seq - back + 1)
  return { seqs, all: wanted.size === 0 }
}

/** Resolves when the event with this seq has come out of the ring and gone on its way, or never will. */
export function reached(entry: Entry, seq: number): Promise<void> {
  if (entry.seq >= seq || entry.closed) return Promise.resolve()
  return new Promise((resolve) => entry.waiting.push({ seq, resolve }))
}

/** Wakes those who wait for what has been handed on. Call it after the records of a take were dispatched. */
export function settle(entry: Entry): void {
  const { waiting } = entry
  for (let i = waiting.length - 1; i >= 0; i--) {
    if ((waiting[i]?.seq ?? 0) <= entry.seq) waiting.splice(i, 1)[0]?.resolve()
  }
}
