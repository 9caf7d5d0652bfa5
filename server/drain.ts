import type { QueueReader } from '../workers/queue/reader.ts'
import { RecordCursor } from '../workers/queue/record.ts'
import { apart } from './channels/restores.ts'
import { type Entry, settle } from './entries.ts'
import type { Follower } from './ingest.ts'
import type { Log } from './log.ts'
import { type Slice, SliceBuilder } from './slice.ts'
import type { Shift } from './supervisor.ts'

/** A pause grows with what the last round cost, so that the loop is at most half busy; ms. */
const LONGEST_PAUSE_MS = 16
const PAUSE_FROM_MS = 1
/** Rings for a reader that a lost wake-up left asleep, and keeps the process alive: a pending wait does not. */
const WATCHDOG_MS = 1_000

/** What the drain tells of each record, and where it hands what it has taken. */
export interface DrainEnds {
  note(record: RecordCursor): Entry | undefined
  /** The fork: each slice goes to the archivist and to the bus. Must not throw. */
  dispatch(slice: Slice): void
}

/** Takes what the ring holds, a batch and then a breath, and hands it on by channel. Never blocks. */
export class Drain implements Follower {
  readonly #ends: () => DrainEnds
  readonly #log: Log
  #reader: QueueReader | null = null
  #watchdog: NodeJS.Timeout | null = null
  #takes = 0
  #deepest = 0
  /** Asked what a restore brings, once all that came before it has been handed on. */
  completed: (slice: Slice) => Slice = (slice) => slice

  /** `ends` is asked for late: the ingest that notes records is made after the drain that follows its rings. */
  constructor(ends: () => DrainEnds, log: Log) {
    this.#ends = ends
    this.#log = log
  }

  follow(shift: Shift): void {
    this.#reader = shift.reader
    this.#watchdog ??= setInterval(() => this.#reader?.ring(), WATCHDOG_MS)
    this.#loop(shift.reader).catch((error: unknown) => this.#log.fatal({ err: error }, 'the drain failed'))
  }

  /** Takes everything that is published, at once. For a ring whose writer has ended. */
  finish(shift: Shift): void {
    for (;;) {
      const batch = shift.reader.take()
      if (batch === null || batch === 'busy') return
      this.#handOn(batch)
    }
  }

  stop(): void {
    if (this.#watchdog !== null) clearInterval(this.#watchdog)
    this.#watchdog = null
    this.#reader?.stop()
  }

  /** Takes that gave records, ever. */
  get takes(): number {
    return this.#takes
  }

  /** The most bytes that lay in the ring at one take since this was last asked. */
  deepest(): number {
    const deepest = this.#deepest
    this.#deepest = 0
    return deepest
  }

  async #loop(reader: QueueReader): Promise<void> {
    let idle = false
    while (!reader.stopped) {
      const began = performance.now()
      const batch = reader.take()
      if (batch === null) await reader.filled()
      else if (batch === 'busy') await reader.released()
      else {
        this.#deepest = Math.max(this.#deepest, batch.length + reader.depth)
        this.#handOn(batch)
      }
      // Straight from a wake-up to the take; every other round breathes, so that no wake-up without records spins.
      if (batch !== null || idle) await breath(Buffer.isBuffer(batch) ? performance.now() - began : 0)
      idle = batch === null
    }
  }

  #handOn(batch: Buffer): void {
    this.#takes++
    const ends = this.#ends()
    const slices = new Map<Entry, SliceBuilder>()
    const record = new RecordCursor(batch)
    while (record.next()) {
      const entry = ends.note(record)
      if (entry === undefined) continue
      const slice = slices.get(entry) ?? new SliceBuilder(batch)
      slice.add(record)
      slices.set(entry, slice)
    }
    for (const [entry, slice] of slices) {
      for (const part of apart(slice.build(entry.id, entry.epoch))) ends.dispatch(this.completed(part))
      settle(entry)
    }
  }
}

/** One turn of the event loop at least, so that timers and sockets get theirs. */
function breath(cost: number): Promise<void> {
  return new Promise((resolve) => {
    if (cost < PAUSE_FROM_MS) setImmediate(resolve)
    else setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, cost))
  })
}
