import { z } from 'zod'
import type { PlatformsView } from '../api/sources.ts'
import type { SourceView } from '../protocol.ts'
import { count, id, moment } from './shapes.ts'

/** Platforms and what is followed on them. */

export const SourceAnswer = z
  .object({
    platform: z.string(),
    channel: z.string().nullable().describe('Null = nothing is followed.'),
    enabled: z.boolean(),
    autoStream: z.boolean(),
    state: z.enum(['off', 'waiting', 'connecting', 'live', 'stale', 'retry', 'attention']),
    since: moment.nullable(),
    error: z.string().nullable(),
    retryAt: moment.nullable(),
    lastEventAt: moment.nullable(),
    events: count,
    way: z.string().nullable(),
    quota: z.object({ used: z.number(), limit: z.number(), resetsAt: moment }).nullable(),
    title: z.string().nullable(),
    avatar: z.string().nullable(),
    options: z.record(z.string(), z.string()).describe('Of a secret only that it is there and how it ends.'),
    hook: z.string().nullable().describe('Where the platform may send signed deliveries.'),
  })
  .meta({ id: 'Source' }) satisfies z.ZodType<SourceView>

const field = z.object({
  name: z.string(),
  kind: z.enum(['text', 'secret', 'switch']),
  label: z.string(),
  hint: z.string(),
  placeholder: z.string().exactOptional(),
  letters: z.object({ least: count, most: count }).exactOptional(),
  upfront: z.literal(true).exactOptional(),
})
const platform = z
  .object({
    id,
    label: z.string(),
    color: z.string(),
    glyph: z.string(),
    profile: z.string().describe('Address of somebody’s own page there; `{id}` and `{login}` stand for theirs.'),
    ink: z.object({ dark: z.string(), light: z.string() }),
    mark: z.string().describe('Path data of the mark, in a box of 24 by 24.'),
    source: z.object({
      label: z.string(),
      placeholder: z.string(),
      hint: z.string().exactOptional(),
      fields: z.array(field),
      hook: z.string().exactOptional(),
      broadcasts: z.boolean(),
    }),
    samples: z.array(
      z.enum([
        'message',
        'action',
        'reply',
        'first',
        'sub',
        'resub',
        'gift',
        'raid',
        'follow',
        'cheer',
        'superchat',
        'announcement',
      ]),
    ),
  })
  .meta({ id: 'Platform' })
export const PlatformsAnswer = z.object({
  items: z.array(platform),
  scenarios: z.array(z.object({ id, label: z.string() })),
}) satisfies z.ZodType<PlatformsView>
