import { CrossChatError } from '../../errors.ts'
import type { Archived } from '../../stores/archive.ts'
import type { Page } from '../../stores/page.ts'

/** Lines of a transcript by their seq, both ends included, in order. */
export type Lines = readonly Stretch[]
export interface Stretch {
  from: number
  to: number
}

/** Stretches that one file may be made of. */
export const MAX_STRETCHES = 100

/** `12,20-35` as stretches. Throws bad_request where it is not that. */
export function linesOf(text: string): Lines {
  const stretches = text.split(',').map(stretchOf)
  if (stretches.length > MAX_STRETCHES) throw bad(`at most ${MAX_STRETCHES} lines or stretches of them`)
  return stretches.sort((one, other) => one.from - other.from)
}

function stretchOf(text: string): Stretch {
  const [, first, last = first] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text) ?? []
  const [from, to] = [Number(first), Number(last)]
  if (!(from <= to)) throw bad('write seqs and stretches of them, such as 12,20-35')
  return { from, to }
}

/** The pages with nothing but these lines, and the gaps inside a stretch. Nothing is read behind the last line. */
export function onlyLines(lines: Lines, pages: (cursor: string | null) => Promise<Page<Archived>>): typeof pages {
  const end = Math.max(...lines.map(({ to }) => to))
  // A gap has no seq: it stands behind the last event before it, which may be on the page before. Pages may be read twice.
  const lastBefore = new Map<string | null, number>()
  return async (cursor) => {
    let seq = lastBefore.get(cursor) ?? -1
    const { items, next } = await pages(cursor)
    const kept = items.filter((entry) => {
      if (entry.kind === 'gap') return lines.some(({ from, to }) => from <= seq && seq < to)
      seq = entry.seq
      return lines.some(({ from, to }) => from <= seq && seq <= to)
    })
    lastBefore.set(next, seq)
    return { items: kept, next: seq >= end ? null : next }
  }
}

function bad(why: string): CrossChatError {
  return new CrossChatError('bad_request', { fields: { lines: why } })
}
