import { setImmediate } from 'node:timers/promises'
import type { ChatEvent } from '../message.ts'
import type { Pace } from '../pace.ts'
import { type Matcher, matcher } from './filter.ts'
import { cursorOf, type Place, placeOf } from './place.ts'
import { positionOf, type Removals } from './removals.ts'
import { entryAt, type Rows } from './rows.ts'
import type { Archived, Filter, Gap } from './words.ts'

/** Records that one page looks at, matching or not; a page that finds too little gives what it found and a cursor. */
export const SCAN_ROWS = 20_000
/** Records that one page gives at most. */
export const MAX_PAGE = 5_000

/** A stream as it can be read. */
export interface View {
  /** Numbers of its segments, in order. */
  segments: number[]
  /** `task` reads at once and keeps nothing of the rows. */
  read<R>(segment: number, task: (rows: Rows) => R): Promise<R>
  /** Those in which something may fit, in order, where that can be known without reading them. */
  narrowed?(filter: Filter): Promise<number[]>
  removals: Removals
}
export interface PageRequest {
  limit: number
  cursor: string | null
  filter: Filter
  /** Rows that may be read, or what costs as much; at most `SCAN_ROWS`. */
  budget?: number
}
/** What a record holds, and where it stands. */
export interface Standing extends Place {
  content: ChatEvent | Gap
}
/** One that matched; `text` is its JSON as it is kept. */
interface Found extends Standing {
  text: string
}

export async function pageOf(view: View, request: PageRequest): Promise<{ items: Archived[]; next: string | null }> {
  const { found, next } = await scan(view, request)
  return { items: found.map((each) => marked(view.removals, each)), next }
}

/**
 * The same page as its JSON. A record that nothing was done to comes along letter for letter: it was encoded once, and whoever
 * hands it on neither takes it apart nor puts it together.
 */
export async function writtenPage(view: View, request: PageRequest): Promise<string> {
  const { found, next } = await scan(view, request)
  const items = found.map((each) => {
    const shown = marked(view.removals, each)
    return shown === each.content ? each.text : JSON.stringify(shown)
  })
  return `{"items":[${items.join()}],"next":${JSON.stringify(next)}}`
}
/** Of a stream of which nothing is kept. */
export const NO_PAGE = '{"items":[],"next":null}'

/** The same stream, read in turns: a piece is what is done with one segment. */
export function inTurns(view: View, pace: Pace, streamId: string): View {
  return { ...view, read: (segment, task) => pace.piece(streamId, () => view.read(segment, task)) }
}

/** `spent`: of the budget. */
export interface Scanned {
  found: Found[]
  next: string | null
  spent: number
}

/** Records in the order of arrival. Other work of the thread comes in between segments. Throws BadRequest for a bad cursor. */
export async function scan(view: View, request: PageRequest): Promise<Scanned> {
  const scan = new Scan(request)
  const from = placeOf(request.cursor)
  const segments = (await view.narrowed?.(request.filter)) ?? view.segments
  for (const segment of segments.filter((number) => number >= from.segment)) {
    const first = segment === from.segment ? from.row : 0
    const stoppedAt = await view.read(segment, (rows) => scan.through(rows, segment, first))
    if (stoppedAt !== null) return { ...scan.given, next: cursorOf({ segment, row: stoppedAt }) }
    await setImmediate()
  }
  return { ...scan.given, next: null }
}

/** The same object where nothing was done to it. With `removed`, where something took it away; what was held and then released is hidden no longer. */
export function marked(removals: Removals, { content, segment, row }: Standing): Archived {
  if (content.kind === 'gap') return content
  const removed = removals.of(content, positionOf(segment, row))
  const event = onAir(content, removals.releasedAt(content.id))
  return removed === null ? event : { ...event, removed }
}

function onAir(event: ChatEvent, releasedAt: number | undefined): ChatEvent & { releasedAt?: number } {
  if (releasedAt === undefined) return event
  const { hidden: _, ...shown } = event
  return { ...shown, releasedAt }
}

class Scan {
  readonly #found: Found[] = []
  readonly #limit: number
  readonly #budget: number
  readonly #matcher: Matcher
  #read = 0
  /** Of looking for needles, in rows. */
  #cost = 0

  constructor({ limit, budget = SCAN_ROWS, filter }: PageRequest) {
    this.#limit = Math.min(Math.max(1, limit), MAX_PAGE)
    this.#budget = Math.min(Math.max(1, budget), SCAN_ROWS)
    this.#matcher = matcher(filter)
  }

  get given(): Omit<Scanned, 'next'> {
    return { found: this.#found, spent: this.#read + this.#cost }
  }

  /** Gives the row where it had enough, or null at the segment's end. */
  through(rows: Rows, segment: number, from: number): number | null {
    const { fits, needle } = this.#matcher
    if (this.#enough || this.#read + this.#cost >= this.#budget) return from
    for (const row of needle === '' ? upTo(rows.length) : this.#holding(rows, needle)) {
      if (row < from) continue
      if (this.#enough) return row
      this.#read += 1
      const { content, text } = entryAt(rows, row)
      if (fits(content)) this.#found.push({ content, text, segment, row })
    }
    return null
  }

  /** Counts only rows: each call gets beyond where it began, however dear its first segment. */
  get #enough(): boolean {
    return this.#found.length >= this.#limit || this.#read >= this.#budget
  }

  #holding(rows: Rows, needle: string): Iterable<number> {
    const holding = rows.holding(needle)
    this.#cost += holding.cost
    return holding.rows
  }
}

function* upTo(length: number): Generator<number> {
  for (let row = 0; row < length; row += 1) yield row
}
