import type { Word } from './words.ts'

/**
 * Gathers what arrives and hands it over once a frame. No logic waits for a frame that may never come: while the page
 * is hidden, or the browser paints nothing, a timer takes over, and a removal on a hidden page acts at once.
 */

/** Longest wait for a frame that does not come. */
const LATEST_MS = 250
/** Words gathered before they are handed over without waiting. */
const MAX_GATHERED = 500

export class Flush {
  readonly #apply: (words: readonly Word[]) => void
  #gathered: Word[] = []
  #frame = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(apply: (words: readonly Word[]) => void) {
    this.#apply = apply
  }

  push(word: Word): void {
    this.#gathered.push(word)
    if (this.#gathered.length >= MAX_GATHERED || (document.hidden && removes(word))) this.now()
    else this.#schedule()
  }

  now(): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    this.#frame = 0
    this.#timer = undefined
    const words = this.#gathered
    this.#gathered = []
    if (words.length > 0) this.#apply(words)
  }

  #schedule(): void {
    if (this.#frame === 0 && !document.hidden) this.#frame = requestAnimationFrame(() => this.now())
    this.#timer ??= setTimeout(() => this.now(), LATEST_MS)
  }
}

function removes(word: Word): boolean {
  return word.type === 'events' && word.events.some(({ kind }) => kind === 'remove' || kind === 'clear')
}
