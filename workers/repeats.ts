import { fingerprint } from './fingerprint.ts'

/** Texts remembered of one channel at least; never more than twice as many. */
export const REMEMBERED_TEXTS = 2_000

/** Who has written what, and when last; in two generations, so that forgetting costs nothing. It lives as long as the worker. */
export class Repeats {
  #young = new Map<number, number>()
  #old = new Map<number, number>()
  readonly #limit: number

  constructor(limit = REMEMBERED_TEXTS) {
    this.#limit = limit
  }

  /** Takes a text down, and gives how long ago the same person wrote the same, ms; null = never, as far as is remembered. */
  note(author: string, text: string, at: number): number | null {
    const mark = fingerprint(`${author}\n${text}`)
    const before = this.#young.get(mark) ?? this.#old.get(mark)
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(mark, at)
    return before === undefined ? null : Math.max(0, at - before)
  }
}
