import type { Word } from './words.ts'

/**
 * Gathers what arrives and hands it over once a frame. In a flood, which nobody can read, only every few frames; a
 * removal never waits for more than the next one. No logic waits for a frame that may never come: where the browser
 * paints nothing, a timer takes over; and on a hidden page, whose timers may be a minute late, nothing waits at all.
 */

/** Longest wait for a frame that does not come. */
const LATEST_MS = 250
/** Words gathered before they are handed over without waiting. */
const MAX_GATHERED = 500
/** Events handed over at once that make a flood of it: about 500 a second. */
const FLOOD_EVENTS = 8
const FLOOD_PAUSE_MS = 48

export class Flush {
  readonly #apply: (words: readonly Word[]) => void
  #gathered: Word[] = []
  #urgent = false
  #notBefore = 0
  #frame = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(apply: (words: readonly Word[]) => void) {
    this.#apply = apply
  }

  push(word: Word): void {
    this.#gathered.push(word)
    this.#urgent ||= isUrgent(word)
    if (this.#gathered.length >= MAX_GATHERED || document.hidden) this.now()
    else this.#schedule()
  }

  /** Words that wait. */
  get waiting(): number {
    return this.#gathered.length
  }

  now(): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    this.#frame = 0
    this.#timer = undefined
    this.#urgent = false
    const words = this.#gathered
    this.#gathered = []
    if (words.length === 0) return
    this.#notBefore = countEvents(words) >= FLOOD_EVENTS ? performance.now() + FLOOD_PAUSE_MS : 0
    this.#apply(words)
  }

  #schedule(): void {
    if (this.#frame === 0 && !document.hidden) this.#nextFrame()
    this.#timer ??= setTimeout(() => this.now(), LATEST_MS)
  }

  #nextFrame(): void {
    this.#frame = requestAnimationFrame(() => {
      if (this.#urgent || performance.now() >= this.#notBefore) this.now()
      else this.#nextFrame()
    })
  }
}

export const isUrgent = (word: Word) =>
  word.type !== 'events' || word.events.some(({ kind }) => kind !== 'message' && kind !== 'notice')

const countEvents = (words: readonly Word[]) =>
  words.reduce((count, word) => count + (word.type === 'events' ? word.events.length : 0), 0)
