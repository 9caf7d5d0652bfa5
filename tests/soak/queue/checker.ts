import { RecordCursor } from '../../../workers/queue/record.ts'
import type { Figures } from './figures.ts'
import { isWhole } from './made.ts'
import type { Shape } from './plan.ts'

/** Missing seqs remembered of one writer, to tell late from lost. */
const MAX_MISSING = 10_000

interface Heard {
  last: number
  missing: Set<number>
}

/** Holds what comes out of one ring against what its writers can have put in: per writer 1, 2, 3 … whole, once, in order. */
export class Checker {
  readonly #figures: Figures
  readonly #noise: Uint8Array
  readonly #shape: Shape
  readonly #heard = new Map<number, Heard>()

  constructor(figures: Figures, noise: SharedArrayBuffer, shape: Shape) {
    this.#figures = figures
    this.#noise = new Uint8Array(noise)
    this.#shape = shape
  }

  expect(owner: number): void {
    this.#heard.set(owner, { last: 0, missing: new Set() })
  }

  check(batch: Buffer): void {
    const record = new RecordCursor(batch)
    while (record.next()) this.#note(record)
    this.#figures.bytes += batch.length
  }

  /** The last seq seen of a writer. */
  last(owner: number): number {
    return this.#heard.get(owner)?.last ?? 0
  }

  #note(record: RecordCursor): void {
    this.#figures.records++
    const heard = this.#heard.get(record.channel)
    if (heard === undefined || !isWhole(record, this.#noise, this.#shape)) {
      this.#figures.torn++
      return
    }
    const { seq } = record
    if (seq === heard.last + 1) heard.last = seq
    else if (seq > heard.last) this.#skip(heard, seq)
    else if (heard.missing.delete(seq)) this.#late()
    else this.#figures.doubled++
  }

  #skip(heard: Heard, seq: number): void {
    this.#figures.lost += seq - heard.last - 1
    for (let missing = heard.last + 1; missing < seq && heard.missing.size < MAX_MISSING; missing++)
      heard.missing.add(missing)
    heard.last = seq
  }

  #late(): void {
    this.#figures.lost--
    this.#figures.outOfOrder++
  }
}
