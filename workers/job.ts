import type { SampleKind } from './about.ts'
import type { ChannelNumber, Facts, SourceOptions } from './followed.ts'
import type { Draft, Role } from './message.ts'

/** Work for the unified worker, and what became of it. */

/** Something to turn into events. The main thread keeps it until the worker's `done`, and hands it over again if the worker dies. */
export type Job = PushJob | SampleJob | EventJob | HookJob

interface JobBase {
  /** From a counter that never repeats in this process; stands in the head of each of its records. */
  job: number
  channel: ChannelNumber
  receivedAt: number
  /** Unique beyond this process; ground for ids where a payload has none. */
  delivery: string
  /** What a dead worker had already published of this job. */
  published?: Published[]
}

export interface Published {
  fingerprint: number
  seq: number
}

export interface PushJob extends JobBase {
  type: 'push'
  platform: string
  body: string
  headers: Record<string, string>
}

export interface SampleJob extends JobBase {
  type: 'sample'
  platform: string
  fields: SampleRequest
}

/** A signed delivery, straight from the platform. */
export interface HookJob extends JobBase {
  type: 'hook'
  platform: string
  /** As they came: a signature is over bytes. */
  bytes: Uint8Array
  headers: Record<string, string>
  /** What the channel follows on this platform; null = nothing. */
  source: DeliverySource | null
}

export interface DeliverySource {
  name: string
  options: SourceOptions
  facts: Facts
  /** Its connection hears the chat right now. */
  heard?: true
}

/** An event that CrossChat itself makes. */
export interface EventJob extends JobBase {
  type: 'event'
  draft: Draft
}

/** A simulated message as the panel asks for it; the platform's samples turn it into a native payload. */
export interface SampleRequest {
  kind: SampleKind
  name: string
  text: string
  color?: string
  roles: Role[]
  amount?: number
}

/** A seeded run of the simulator. With `from`, it goes on where a dead worker left it. */
export interface RunOrder {
  id: string
  channel: ChannelNumber
  scenario: string
  platforms: string[]
  count: number
  perSecond: number
  seed: number
  from: number
}

export type Outcome =
  | {
      ok: true
      accepted: { id: string; seq: number }[]
      duplicates: number
      /** Fingerprints of what was repeated. */
      repeated?: number[]
      ignored: string[]
      /** The channel's newest event by then: what was repeated is not behind it. */
      seq: number
      reply?: HookReply
      /** A delivery that is about nothing of this channel. */
      foreign?: true
      /** What the platform sends no more, as a sentence. */
      ended?: string
    }
  | { ok: false; code: Refusal; message: string }

export type Refusal = 'bad_payload' | 'unknown_platform' | 'queue_full' | 'bad_signature' | 'stale_delivery'

/** What the platform wants to read back. */
export interface HookReply {
  status: number
  /** Sent as text/plain. */
  text: string
}
