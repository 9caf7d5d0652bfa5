import { z } from 'zod'
import type { Archived, Hit } from '../stores/archive.ts'
import { cursor, limit, MAX_PAGE, moment, type PageView, platform, trimmed } from './shapes.ts'
import type { StreamView } from './streams.ts'

/** Reading transcripts, searching them, saving them, and taking somebody out. */

export const EventsQuery = z.object({
  limit,
  cursor,
  q: z.string().max(200).optional(),
  platform: z.string().max(40).optional(),
  author: z.string().max(100).optional(),
  kind: z.string().max(20).optional(),
  simulated: z.enum(['yes', 'no']).optional(),
  /** Only what was said from then on, ms. */
  from: moment.optional(),
})

/** Formats that a transcript can be saved in. */
export const EXPORT_FORMATS = ['json', 'jsonl', 'csv', 'txt', 'html', 'srt', 'vtt'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
/** Those that tell when something was said within one recording are for streams only. */
export const SEARCH_EXPORT_FORMATS = ['json', 'jsonl', 'csv', 'txt', 'html'] as const satisfies ExportFormat[]

const exportOptions = {
  /** `no` leaves removed messages out. */
  removed: z.enum(['yes', 'no']).default('yes'),
  simulated: z.enum(['yes', 'no']).default('yes'),
  /** `pseudonyms`: numbers instead of names, the same for a person throughout the file. */
  names: z.enum(['real', 'pseudonyms']).default('real'),
}

/** Letters that say which lines. */
const MAX_LINES = 3_300

export const ExportQuery = EventsQuery.omit({ limit: true, cursor: true }).extend({
  format: z.enum(EXPORT_FORMATS),
  /** Seconds added to the times of subtitles; may be negative. */
  offset: z.coerce.number().min(-86_400).max(86_400).default(0),
  /** Seqs of single lines and of stretches of them, `12,20-35`; empty = all. */
  lines: z.string().max(MAX_LINES).optional(),
  ...exportOptions,
})

export const SearchQuery = EventsQuery.extend({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  to: moment.optional(),
})

export const SearchExportQuery = SearchQuery.omit({ limit: true, cursor: true }).extend({
  format: z.enum(SEARCH_EXPORT_FORMATS),
  ...exportOptions,
})

export const EraseBody = z.strictObject({ platform, authorId: trimmed(200) })

/** How far a viewer is out of the transcripts. Whom it is about is not kept. */
export interface ErasureView {
  id: string
  platform: string
  startedAt: number
  finishedAt: number | null
  /** Steps done and steps in all. */
  done: number
  total: number
  /** Their messages and notices. */
  events: number
}

export type EventsView = PageView<Archived>

/** What was said right before and after it comes along; `from` is the cursor of a page of its transcript that begins a little earlier. */
export interface SearchHit extends Hit {
  stream: StreamView
}
