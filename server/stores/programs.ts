import type { WebhookEvent } from '../protocol.ts'

/** What programs come in with, and where events are delivered to. */

export interface ApiKey {
  id: string
  channelId: string
  name: string
  scopes: Scope[]
  /** SHA-256 of the secret, hex. */
  digest: string
  createdAt: number
  lastUsedAt: number | null
}

export type Scope = 'produce' | 'read'

/** A key in steady use is written once in this many ms, not at each use. */
export const TOUCH_STEP = 60_000

export interface Keys {
  insert(key: ApiKey): Promise<void>
  byDigest(digest: string): Promise<ApiKey | null>
  byChannel(channelId: string): Promise<ApiKey[]>
  touch(id: string, at: number): Promise<void>
  remove(channelId: string, id: string): Promise<boolean>
}

/** Where a channel's events are delivered to. */
export interface Webhook {
  id: string
  channelId: string
  name: string
  url: string
  events: WebhookEvent[]
  /** Sealed. */
  secret: string
  /** The secret before, which signs beside it for a while. */
  retiring: { secret: string; until: number } | null
  /** By a person, after hours of failures, or because the address said that it is gone. */
  paused: 'hand' | 'failures' | 'gone' | null
  createdAt: number
}

/** What waited for a webhook when the process ended, or how much of it was there. */
export interface KeptWaiting {
  /** The webhook's. */
  id: string
  /** JSON, in order; null = the process has not ended by itself, and they are lost. */
  texts: string[] | null
  /** Those that wait, or are lost. */
  count: number
}

export interface Webhooks {
  /** Of all channels. */
  all(): Promise<Webhook[]>
  /** Inserts or replaces; on disk (fsync) when it resolves. */
  put(webhook: Webhook): Promise<void>
  remove(id: string): Promise<boolean>
  keepWaiting(waiting: KeptWaiting): Promise<void>
  /** Of all webhooks. */
  waiting(): Promise<KeptWaiting[]>
  /** Channels with a webhook that is not paused and for which something waits. */
  owing(): Promise<string[]>
}
