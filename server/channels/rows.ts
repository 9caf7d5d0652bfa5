import type { Piece } from '../slice.ts'
import type { Kept } from './kept.ts'

/** Where in a row each number stands. */
const [SEQ, ID, AUTHOR, TARGET, KIND, FLAGS, PLATFORM, ARRIVED, GONE, START, END, WIDTH] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
] as const
const WHAT = { id: ID, author: AUTHOR, platform: PLATFORM } as const
const FIRST_ROWS = 32
const GROWS_BY = 1.5
/** Moves what is kept where so much of all rows is free in front of it: a quarter. */
const WORTH = 4

/**
 * The events of a window, oldest first, as rows of numbers: of a thousand channels they are half a million, and as objects each of them
 * would be looked at in every full collection, for a third of a second in all.
 */
export class Rows {
  #numbers = new Float64Array(FIRST_ROWS * WIDTH)
  /** Row for row, what its text stands in. */
  #texts: Buffer[] = []
  #first = 0
  #length = 0
  /** Seqs → how those came that stand here as something else; few. */
  readonly #came = new Map<number, Piece>()

  get length(): number {
    return this.#length
  }

  push(kept: Kept): void {
    if ((this.#first + this.#length) * WIDTH === this.#numbers.length) this.#makeRoom()
    this.#length++
    this.put(this.#length - 1, kept)
  }

  put(
    nth: number,
    { seq, id, author, target, kind, flags, platform, arrived, gone, text, start, end, came }: Kept,
  ): void {
    const row = this.#first + nth
    const numbers = this.#numbers
    const at = row * WIDTH
    numbers[at + SEQ] = seq
    numbers[at + ID] = id
    numbers[at + AUTHOR] = author
    numbers[at + TARGET] = target
    numbers[at + KIND] = kind
    numbers[at + FLAGS] = flags
    numbers[at + PLATFORM] = platform
    numbers[at + ARRIVED] = arrived
    numbers[at + GONE] = gone
    numbers[at + START] = start
    numbers[at + END] = end
    this.#texts[row] = text
    if (came === null) this.#came.delete(seq)
    else this.#came.set(seq, came)
  }

  at(nth: number): Kept | undefined {
    const text = nth < 0 || nth >= this.#length ? undefined : this.#texts[this.#first + nth]
    if (text === undefined) return undefined
    const number = (which: number) => this.#number(nth, which)
    const seq = number(SEQ)
    return {
      seq,
      id: number(ID),
      author: number(AUTHOR),
      target: number(TARGET),
      kind: number(KIND),
      flags: number(FLAGS),
      platform: number(PLATFORM),
      arrived: number(ARRIVED),
      gone: number(GONE),
      text,
      start: number(START),
      end: number(END),
      came: this.#came.get(seq) ?? null,
    }
  }

  seq(nth: number): number {
    return this.#number(nth, SEQ)
  }

  arrived(nth: number): number {
    return this.#number(nth, ARRIVED)
  }

  /** What it takes, in bytes of text. */
  bytes(nth: number): number {
    const came = this.#came.size === 0 ? undefined : this.#came.get(this.seq(nth))
    return this.#number(nth, END) - this.#number(nth, START) + (came === undefined ? 0 : came.end - came.start)
  }

  /** Those from this one on. */
  from(nth = 0): Kept[] {
    const rows: Kept[] = []
    for (let at = Math.max(0, nth); at < this.#length; at++) {
      const kept = this.at(at)
      if (kept !== undefined) rows.push(kept)
    }
    return rows
  }

  /** Of all with this value, whether and why they are gone. */
  changeGone(what: keyof typeof WHAT, value: number, change: (gone: number) => number): void {
    const end = (this.#first + this.#length) * WIDTH
    const numbers = this.#numbers
    for (let at = this.#first * WIDTH; at < end; at += WIDTH)
      if (numbers[at + WHAT[what]] === value) numbers[at + GONE] = change(numbers[at + GONE] ?? 0)
  }

  changeAllGone(change: (gone: number) => number): void {
    for (let nth = 0; nth < this.#length; nth++)
      this.#numbers[(this.#first + nth) * WIDTH + GONE] = change(this.#number(nth, GONE))
  }

  /** Lets go of the oldest ones. */
  drop(count: number): void {
    if (this.#came.size > 0) for (let nth = 0; nth < count; nth++) this.#came.delete(this.seq(nth))
    this.#texts.fill(NO_TEXT, this.#first, this.#first + count)
    this.#first += count
    this.#length -= count
  }

  #number(nth: number, which: number): number {
    return this.#numbers[(this.#first + nth) * WIDTH + which] ?? 0
  }

  /** What was let go of makes room, where that is enough. */
  #makeRoom(): void {
    const [from, to] = [this.#first, this.#first + this.#length]
    if (from * WORTH < to) {
      const larger = new Float64Array(Math.ceil(to * GROWS_BY) * WIDTH)
      larger.set(this.#numbers.subarray(from * WIDTH, to * WIDTH))
      this.#numbers = larger
    } else this.#numbers.copyWithin(0, from * WIDTH, to * WIDTH)
    this.#texts.splice(0, from)
    this.#first = 0
  }
}

const NO_TEXT = Buffer.alloc(0)
