import { setImmediate } from 'node:timers/promises'
import type { ChatEvent } from '../message.ts'
import { matcher } from './filter.ts'
import { cursorOf, type Place, placeOf } from './place.ts'
import { positionOf, type Removals } from './removals.ts'
import { contentAt, type Rows } from './rows.ts'
import type { Archived, Filter, Gap } from './words.ts'

/** Records that one page looks at, matching or not; a page that finds too little gives what it found and a cursor. */
export const SCAN_ROWS = 20_000
/** Records that one page gives at most. */
export const MAX_PAGE = 5_000

/** A stream as it can be read. */
export interface View {
  /** Numbers of its segments, in order. */
  segments: number[]
  rows(segment: number): Promise<Rows>
  removals: Removals
}
export interface PageRequest {
  limit: number
  cursor: string | null
  filter: Filter
}
/** A record that matched, and where it stands. */
export interface Found extends Place {
  content: ChatEvent | Gap
}

export async function pageOf(view: View, request: PageRequest): Promise<{ items: Archived[]; next: string | null }> {
  const { found, next } = await scan(view, request)
  return { items: found.map((each) => marked(view.removals, each)), next }
}

/** Records in the order of arrival. Other work of the thread comes in between segments. Throws BadRequest for a bad cursor. */
export async function scan(view: View, request: PageRequest): Promise<{ found: Found[]; next: string | null }> {
  const scan = new Scan(request)
  const from = placeOf(request.cursor)
  for (const segment of view.segments.filter((number) => number >= from.segment)) {
    const rows = await view.rows(segment)
    const stoppedAt = scan.through(rows, segment, segment === from.segment ? from.row : 0)
    if (stoppedAt !== null) return { found: scan.found, next: cursorOf({ segment, row: stoppedAt }) }
    await setImmediate()
  }
  return { found: scan.found, next: null }
}

/** With `removed`, where something took it away; what was held and then released is hidden no longer. */
export function marked(removals: Removals, { content, segment, row }: Found): Archived {
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
  readonly found: Found[] = []
  readonly #limit: number
  readonly #matches: (content: ChatEvent | Gap) => boolean
  #looked = 0

  constructor(request: PageRequest) {
    this.#limit = Math.min(Math.max(1, request.limit), MAX_PAGE)
    this.#matches = matcher(request.filter)
  }

  /** Gives the row where it had enough, or null at the segment's end. */
  through(rows: Rows, segment: number, from: number): number | null {
    for (let row = from; row < rows.length; row += 1) {
      if (this.found.length >= this.#limit || this.#looked >= SCAN_ROWS) return row
      this.#looked += 1
      const content = contentAt(rows, row)
      if (this.#matches(content)) this.found.push({ content, segment, row })
    }
    return null
  }
}
