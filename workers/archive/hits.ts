import { counts } from './filter.ts'
import { cursorOf, type Place } from './place.ts'
import { contentAt } from './rows.ts'
import { type Found, marked, type PageRequest, scan, type View } from './transcript.ts'
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
async function near(view: View, place: Place, step: 1 | -1): Promise<Archived | null> {
  let { segment, row } = place
  let rows = await view.rows(segment)
  for (let looked = 0; looked < NEAR_ROWS; looked += 1) {
    row += step
    if (row < 0 || row >= rows.length) {
      const next = view.segments[view.segments.indexOf(segment) + step]
      if (next === undefined) return null
      segment = next
      rows = await view.rows(segment)
      row = step > 0 ? 0 : rows.length - 1
      if (rows.length === 0) continue
    }
    const found: Found = { content: contentAt(rows, row), segment, row }
    if (counts(found.content)) return marked(view.removals, found)
  }
  return null
}

function lead({ segment, row }: Place): Place {
  return { segment, row: Math.max(0, row - LEAD_ROWS) }
}
