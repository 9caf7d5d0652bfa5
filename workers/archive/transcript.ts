import { setImmediate } from 'node:timers/promises'
import type { ChatEvent } from '../message.ts'
import { BadRequest } from './bad-request.ts'
import { matcher } from './filter.ts'
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
interface Place {
  segment: number
  row: number
}

/** Records in the order of arrival. Other work of the thread comes in between segments. Throws BadRequest for a bad cursor. */
export async function pageOf(view: View, request: PageRequest): Promise<{ items: Archived[]; next: string | null }> {
  const scan = new Scan(view.removals, request)
  const from = placeOf(request.cursor)
  for (const segment of view.segments.filter((number) => number >= from.segment)) {
    const rows = await view.rows(segment)
    const stoppedAt = scan.through(rows, segment, segment === from.segment ? from.row : 0)
    if (stoppedAt !== null) return { items: scan.items, next: cursorOf({ segment, row: stoppedAt }) }
    await setImmediate()
  }
  return { items: scan.items, next: null }
}

class Scan {
  readonly items: Archived[] = []
  readonly #limit: number
  readonly #matches: (content: ChatEvent | Gap) => boolean
  readonly #removals: Removals
  #looked = 0

  constructor(removals: Removals, request: PageRequest) {
    this.#limit = Math.min(Math.max(1, request.limit), MAX_PAGE)
    this.#matches = matcher(request.filter)
    this.#removals = removals
  }

  /** Gives the row where it had enough, or null at the segment's end. */
  through(rows: Rows, segment: number, from: number): number | null {
    for (let row = from; row < rows.length; row += 1) {
      if (this.items.length >= this.#limit || this.#looked >= SCAN_ROWS) return row
      this.#looked += 1
      const content = contentAt(rows, row)
      if (this.#matches(content)) this.items.push(this.#marked(content, positionOf(segment, row)))
    }
    return null
  }

  #marked(content: ChatEvent | Gap, position: number): Archived {
    if (content.kind === 'gap') return content
    const removed = this.#removals.of(content, position)
    return removed === null ? content : { ...content, removed }
  }
}

function cursorOf(place: Place): string {
  return Buffer.from(`${place.segment}.${place.row}`).toString('base64url')
}

function placeOf(cursor: string | null): Place {
  if (cursor === null) return { segment: 0, row: 0 }
  const [, segment, row] = /^(\d{1,9})\.(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (segment === undefined || row === undefined) throw new BadRequest('The cursor is not one that a page gave.')
  return { segment: Number(segment), row: Number(row) }
}
