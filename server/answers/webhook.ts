import { z } from 'zod'
import type { DeliveryView, WebhookView } from '../api/programs.ts'
import { WEBHOOK_EVENTS } from '../protocol.ts'
import { ChatEventAnswer } from './event.ts'
import { DeedAnswer } from './moderation.ts'
import { count, id, moment } from './shapes.ts'

/** Webhooks, and what is delivered to them. */

export const DeliveryAnswer = z
  .object({
    id: id.describe('`webhook-id`; the same for every try of one delivery.'),
    at: moment,
    events: count,
    attempt: count.describe('1 = the first try.'),
    test: z.boolean(),
    status: z.number().int().nullable().describe('Null = no answer came.'),
    ms: count.describe('How long it took.'),
    error: z.string().nullable().describe('A sentence; null = delivered.'),
  })
  .meta({ id: 'Delivery' }) satisfies z.ZodType<DeliveryView>

export const WebhookAnswer = z
  .object({
    id,
    name: z.string(),
    url: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)),
    paused: z
      .enum(['hand', 'failures', 'gone'])
      .nullable()
      .describe('By a person, after hours of failures, or because the address answered 410; null = it delivers.'),
    failingSince: moment.nullable(),
    retryAt: moment.nullable(),
    waiting: count,
    missed: count.describe('Events that the next delivery tells as a gap.'),
    last: DeliveryAnswer.nullable().describe('Since the server was started.'),
    createdAt: moment,
    secret: z.string().exactOptional().describe('Only in the answer that makes it.'),
  })
  .meta({ id: 'Webhook' }) satisfies z.ZodType<WebhookView>

const gap = z.object({ kind: z.literal('gap'), count, at: moment, reason: z.string() }).meta({ id: 'WebhookGap' })
export type WebhookGap = z.output<typeof gap>
const stream = z
  .object({ kind: z.literal('stream'), live: z.boolean(), id, title: z.string(), startedAt: moment, at: moment })
  .meta({ id: 'WebhookStream' })
export type WebhookStream = z.output<typeof stream>
const deed = z.object({ kind: z.literal('moderation'), deed: DeedAnswer }).meta({ id: 'WebhookModeration' })
export type WebhookModeration = z.output<typeof deed>

/** The body of a delivery. */
export const DeliveredBody = z
  .object({
    type: z.enum(['events', 'test']),
    channel: id,
    events: z.array(z.union([ChatEventAnswer, stream, deed, gap])).describe('In order, at most 100.'),
  })
  .meta({ id: 'Delivered' })
