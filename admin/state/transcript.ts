import type { EventsView } from '../../server/api.ts'
import type { Archived } from './model.ts'

/** The loaded stretch of a transcript, pure. It moves forward through the stream and lets go of its oldest rows. */
export interface Transcript {
  rows: readonly TranscriptRow[]
  next: string | null
  /** Rows stand before the first one shown: they were let go, or the reader began further on. */
  cut: boolean
  /** At least one page has come. */
  loaded: boolean
}
export interface TranscriptRow {
  n: number
  item: Exclude<Archived, { kind: 'remove' | 'restore' }>
}

/** Rows kept in the page; a stream may have a hundred thousand. */
export const MAX_TRANSCRIPT = 2_000

export const NO_TRANSCRIPT: Transcript = { rows: [], next: null, cut: false, loaded: false }

/** Removals are not rows: what they took away carries `removed`. */
export function addPage(transcript: Transcript, page: EventsView): Transcript {
  let n = (transcript.rows[transcript.rows.length - 1]?.n ?? 0) + 1
  const rows = [...transcript.rows]
  for (const item of page.items) if (item.kind !== 'remove' && item.kind !== 'restore') rows.push({ n: n++, item })
  const cut = transcript.cut || rows.length > MAX_TRANSCRIPT
  return { rows: rows.slice(-MAX_TRANSCRIPT), next: page.next, cut, loaded: true }
}
