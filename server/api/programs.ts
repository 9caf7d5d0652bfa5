import { z } from 'zod'
import { WEBHOOK_EVENTS, type WebhookEvent } from '../protocol.ts'
import { lineText, shownName, trimmed } from './shapes.ts'

/** Keys of programs that come in, and webhooks of those that are told. */

/** Characters of the address of a webhook. */
export const MAX_WEBHOOK_URL = 500

export const CreateKeyBody = z.strictObject({
  name: shownName(50),
  scopes: z
    .array(z.enum(['produce', 'read']))
    .min(1)
    .max(2),
})

const webhook = z.strictObject({
  name: lineText().max(50),
  url: trimmed(MAX_WEBHOOK_URL),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
})

export const CreateWebhookBody = webhook.extend({ name: webhook.shape.name.default('') })
export const PatchWebhookBody = webhook.partial().extend({ paused: z.boolean().optional() })
export type NewWebhook = z.output<typeof CreateWebhookBody>
export type WebhookChange = z.output<typeof PatchWebhookBody>

export interface KeyView {
  id: string
  name: string
  scopes: string[]
  createdAt: number
  lastUsedAt: number | null
  /** Only in the answer that makes it. */
  key?: string
}

/** One try to deliver to a webhook. */
export interface DeliveryView {
  /** The same for every try of one delivery. */
  id: string
  at: number
  events: number
  /** 1 = the first try. */
  attempt: number
  test: boolean
  /** Null = no answer came. */
  status: number | null
  ms: number
  /** A sentence; null = delivered. */
  error: string | null
}

export interface WebhookView {
  id: string
  name: string
  url: string
  events: WebhookEvent[]
  /** By a person, after hours of failures, or because the address answered 410; null = it delivers. */
  paused: 'hand' | 'failures' | 'gone' | null
  failingSince: number | null
  retryAt: number | null
  waiting: number
  /** Events that the next delivery tells as a gap. */
  missed: number
  /** Since the server was started. */
  last: DeliveryView | null
  createdAt: number
  /** Only in the answer that makes it. */
  secret?: string
}
