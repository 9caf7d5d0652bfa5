import { z } from 'zod'
import type { Figures } from '../stores/archive.ts'
import type { Hand } from '../stores/moderation.ts'
import { type Moment, STREAM_ORDERS, type Summary } from '../stores/streams.ts'
import { lineText, moment, PageQuery, platform, shownName, trimmed } from './shapes.ts'

/** Streams, their places, and how long they are kept. */

export const StartStreamBody = z.strictObject({ title: lineText().max(140).optional() })
/** `at`: `last` = the stream ended when its newest event came, for whoever forgot to end it. */
export const EndStreamBody = z.strictObject({ discard: z.boolean().optional(), at: z.enum(['now', 'last']).optional() })
export const PatchStreamBody = z.strictObject({ title: shownName(140) })

/** `preview`: only says how many would go. */
export const RetentionBody = z.strictObject({
  days: z.number().int().min(1).max(3_650).nullable(),
  preview: z.boolean().optional(),
})

export const StreamsQuery = PageQuery.extend({
  deleted: z.enum(['yes', 'no']).default('no'),
  /** Stands in the title. */
  q: z.string().trim().max(140).optional(),
  /** Something was said there; only of streams that have ended. */
  platform: platform.optional(),
  /** Began from then on, and before then, ms. */
  from: moment.optional(),
  to: moment.optional(),
  order: z.enum(STREAM_ORDERS).default('newest'),
})
export const MomentBody = z.strictObject({ id: trimmed(300) })

export interface StreamView {
  id: string
  title: string
  startedAt: number
  endedAt: number | null
  messages: number
  /** Only of one that was deleted: when, and until when it can be brought back. */
  deletedAt?: number
  goesAt?: number
  /** Of one that has ended, once it was read for it. */
  summary?: Summary
}

export interface RetentionView {
  /** Null = for ever. */
  days: number | null
  /** Streams that are older than that now. */
  due: number
}

export interface MomentView extends Omit<Moment, 'channelId' | 'streamId' | 'authorId' | 'by'> {
  by: Pick<Hand, 'kind' | 'name'>
}

/** Messages and notices by time and platform, and who said most. */
export type FiguresView = Figures
