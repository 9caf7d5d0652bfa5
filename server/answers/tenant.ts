import { z } from 'zod'
import type { ResetLinkView, TenantView } from '../api/instance.ts'
import { count, id, moment } from './shapes.ts'

/** Accounts as the owner of the instance sees them. */

export const TenantAnswer = z
  .object({
    id,
    username: z.string(),
    owner: z.boolean(),
    createdAt: moment,
    seenAt: moment.nullable().describe('About; null = not since that is kept.'),
    suspendedAt: moment.nullable(),
    channel: z.object({ id, name: z.string() }).nullable(),
    use: z.object({
      streams: count,
      bytes: count,
      oldest: moment.nullable(),
      overlays: count,
      keys: count,
      pushes: count.describe('In this second.'),
    }),
  })
  .meta({ id: 'Tenant' }) satisfies z.ZodType<TenantView>

export const ResetLinkAnswer = z.object({ url: z.string(), until: moment }) satisfies z.ZodType<ResetLinkView>
