import { z } from 'zod'
import type { RunView } from '../api/simulator.ts'
import type { FiguresView, RetentionView, StreamView } from '../api/streams.ts'
import type { ErasureView, SearchHit } from '../api/transcripts.ts'
import type { Archived } from '../stores/archive.ts'
import { ArchivedAnswer } from './event.ts'
import { count, id, moment, pageOf } from './shapes.ts'

/** Streams, what is kept of them, and what is found in them. */

export const StreamAnswer = z
  .object({
    id,
    title: z.string(),
    startedAt: moment,
    endedAt: moment.nullable().describe('Null = it runs.'),
    messages: count,
    deletedAt: moment.exactOptional(),
    goesAt: moment.exactOptional().describe('Until then it can be brought back.'),
    summary: z
      .object({ chatters: count, peak: count.describe('The most of one minute.'), platforms: z.array(z.string()) })
      .exactOptional()
      .describe('Of one that has ended, once it was read for it.'),
  })
  .meta({ id: 'Stream' }) satisfies z.ZodType<StreamView>

export const RetentionAnswer = z.object({
  days: z.number().int().nullable().describe('Null = for ever.'),
  due: count.describe('Streams that are older than that now.'),
}) satisfies z.ZodType<RetentionView>

export const ErasureAnswer = z
  .object({
    id,
    platform: z.string(),
    startedAt: moment,
    finishedAt: moment.nullable(),
    done: count.describe('Steps, of `total`.'),
    total: count,
    events: count,
  })
  .meta({ id: 'Erasure' }) satisfies z.ZodType<ErasureView>

const chatter = z.object({ platform: z.string(), id, name: z.string(), messages: count })
export const FiguresAnswer = z
  .object({
    messages: count,
    chatters: count,
    top: z.array(chatter).describe('Who said most.'),
    from: moment.describe('When the first column begins.'),
    column: z.number().int().describe('Milliseconds that a column takes.'),
    counts: z.record(z.string(), z.array(count)).describe('By platform, one number a column.'),
  })
  .meta({ id: 'Figures' }) satisfies z.ZodType<FiguresView>

const archived = ArchivedAnswer satisfies z.ZodType<Archived>
export const EventsAnswer = pageOf(archived)
const hit = z
  .object({
    stream: StreamAnswer,
    event: archived,
    before: archived.nullable(),
    after: archived.nullable(),
    from: z.string().describe('Cursor of a page of the transcript that begins a little earlier.'),
  })
  .meta({ id: 'SearchHit' }) satisfies z.ZodType<SearchHit>
export const SearchAnswer = pageOf(hit)

export const ProducedAnswer = z
  .object({
    accepted: count,
    ignored: count,
    reasons: z.array(z.string()).describe('Why items were ignored; at most 100.'),
    duplicates: count,
    archived: z.boolean().describe('A stream runs and all of it stands in its file.'),
    events: z.array(z.object({ id, seq: z.number().int() })),
  })
  .meta({ id: 'Produced' })

export const RunAnswer = z
  .object({
    id,
    scenario: z.string(),
    platforms: z.array(z.string()),
    count,
    perSecond: z.number(),
    seed: z.number().int(),
    made: count,
    finished: z.boolean(),
  })
  .meta({ id: 'Run' }) satisfies z.ZodType<RunView>
