import { counts } from './filter.ts'
import { cursorOf, type Place } from './place.ts'
import { contentAt, type Rows } from './rows.ts'
import { marked, type PageRequest, type Standing, scan, type View } from './transcript.ts'
import type { Archived, Hit, Searched } from './words.ts'

/** Rows that are looked at for the line before or after a hit. */
const NEAR_ROWS = 50
/** Rows before a hit at which a reader begins who wants to see it in its place. */
const LEAD_ROWS = 10

/** What a page of a search gives: each hit with what was said right before and after. */
export async function hitsOf(view: View, request: PageRequest): Promise<Searched> {
  const { found, next, spent } = await scan(view, request)
  const hits: Hit[] = []
  for (const each of found) {
    const [before, after] = [await near(view, each, -1), await near(view, each, 1)]
    hits.push({ event: marked(view.removals, each), before, after, from: cursorOf(lead(each)) })
  }
  return { hits, next, spent }
}

/** The next message or notice in that direction, also beyond the segment's end; null when none is near. */
async function near(view: View, { segment, row }: Place, step: 1 | -1): Promise<Archived | null> {
  let at: number | undefined = segment
  let from: number | null = row + step
  for (let left = NEAR_ROWS; at !== undefined && left > 0; ) {
    const walk: Walk = await view.read(at, (rows) => walked(rows, from ?? beginning(rows, step), step, left))
    if (walk.found !== null) return marked(view.removals, { ...walk.found, segment: at })
    left = walk.left
    at = view.segments[view.segments.indexOf(at) + step]
    from = null
  }
  return null
}

interface Walk {
  found: Omit<Standing, 'segment'> | null
  /** Rows that may still be looked at. */
  left: number
}

function walked(rows: Rows, from: number, step: 1 | -1, most: number): Walk {
  let left = most
  for (let row = from; row >= 0 && row < rows.length && left > 0; row += step, left -= 1) {
    const content = contentAt(rows, row)
    if (counts(content)) return { found: { content, row }, left }
  }
  return { found: null, left }
}

function beginning(rows: Rows, step: 1 | -1): number {
  return step > 0 ? 0 : rows.length - 1
}

function lead({ segment, row }: Place): Place {
  return { segment, row: Math.max(0, row - LEAD_ROWS) }
}
