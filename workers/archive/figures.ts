import { setImmediate } from 'node:timers/promises'
import { type ChatEvent, ERASED } from '../message.ts'
import { contentAt, type Rows } from './rows.ts'
import type { View } from './transcript.ts'
import type { Chatter, Figures, Gap } from './words.ts'

export const MINUTE_MS = 60_000
/** Columns of a chart at most; a longer stream has wider ones. */
export const MAX_COLUMNS = 1_440
/** People counted of one stream; who comes after them counts among the messages alone. */
export const MAX_CHATTERS = 100_000
export const TOP_CHATTERS = 10

export const NO_FIGURES: Figures = { messages: 0, chatters: 0, top: [], from: 0, column: MINUTE_MS, counts: {} }

/** Who said how much, and when: the whole stream is read once. Other work of the thread comes in between segments. */
export async function figuresOf(view: View): Promise<Figures> {
  const counting = new Counting()
  for (const segment of view.segments) {
    await view.read(segment, (rows) => counting.add(rows))
    await setImmediate()
  }
  return counting.given()
}

class Counting {
  /** Minute since 1970 → platform → messages. */
  readonly #minutes = new Map<number, Map<string, number>>()
  readonly #chatters = new Map<string, Chatter>()
  #messages = 0

  add(rows: Rows): void {
    for (let row = 0; row < rows.length; row += 1) this.#count(contentAt(rows, row))
  }

  given(): Figures {
    const all = [...this.#chatters.values()]
    const top = all.sort((a, b) => b.messages - a.messages || a.name.localeCompare(b.name)).slice(0, TOP_CHATTERS)
    return { ...this.#columns(), messages: this.#messages, chatters: all.length, top }
  }

  #count(event: ChatEvent | Gap): void {
    if (event.kind !== 'message' && event.kind !== 'notice') return
    this.#messages += 1
    const minute = Math.floor(event.receivedAt / MINUTE_MS)
    const counts = this.#minutes.get(minute) ?? new Map<string, number>()
    counts.set(event.platform, (counts.get(event.platform) ?? 0) + 1)
    this.#minutes.set(minute, counts)
    if (event.kind !== 'message' || event.author.id === ERASED) return
    const key = `${event.platform}\n${event.author.id}`
    const known = this.#chatters.get(key)
    if (known !== undefined) Object.assign(known, { messages: known.messages + 1, name: event.author.name })
    else if (this.#chatters.size < MAX_CHATTERS) {
      const { id, name } = event.author
      this.#chatters.set(key, { platform: event.platform, id, name, messages: 1 })
    }
  }

  /** One number a column and platform, also where nothing was said. */
  #columns(): Pick<Figures, 'from' | 'column' | 'counts'> {
    const minutes = [...this.#minutes.keys()]
    const first = minutes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
    const last = minutes.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    if (minutes.length === 0) return NO_FIGURES
    const width = Math.ceil((last - first + 1) / MAX_COLUMNS)
    const length = Math.ceil((last - first + 1) / width)
    const counts = new Map<string, number[]>()
    for (const [minute, said] of this.#minutes) {
      for (const [platform, count] of said) {
        const columns = counts.get(platform) ?? new Array<number>(length).fill(0)
        const at = Math.floor((minute - first) / width)
        columns[at] = (columns[at] ?? 0) + count
        counts.set(platform, columns)
      }
    }
    return { from: first * MINUTE_MS, column: width * MINUTE_MS, counts: Object.fromEntries(counts) }
  }
}
