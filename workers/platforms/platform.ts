import type { About, SampleKind } from '../control.ts'
import type { Draft, Role } from '../message.ts'

export type { About, SampleKind }

/**
 * What a platform is to CrossChat: data that introduces it, a pure way from its payloads to events, and samples for
 * the simulator. One folder and one line in the register add a platform; nothing outside `workers/platforms` names one.
 */
export interface Platform {
  about: About
  /**
   * Splits one pushed body into native payloads, in order.
   * Throws BadPayload, naming the item, when the body is not what this platform sends at all.
   */
  read(body: string, headers: PushHeaders): Payload[]
  /** Pure: the same payload and context always give the same events with the same ids. Never throws for foreign shapes. */
  normalise(payload: Payload, context: Context): Normalised
  /** A pushed body (and its headers) in the platform's own shape that normalises to what the fields describe. */
  sample(fields: SampleFields): Pushed
}

/** Lower-cased request headers that a platform may need; only those that begin with the names below are passed on. */
export type PushHeaders = Readonly<Record<string, string>>
export const PUSH_HEADER_PREFIXES = ['kick-event-', 'twitch-eventsub-', 'content-type'] as const

export interface Pushed {
  body: string
  headers: PushHeaders
}

/** One native payload: a line of text or a JSON value, as the platform sends it, with the headers it came with. */
export interface Payload {
  /** Its place in the pushed body, from 0; named in errors and in `ignored`. */
  item: number
  value: unknown
  headers: PushHeaders
}

export interface Context {
  /** Milliseconds; used where the payload carries no time of its own. */
  receivedAt: number
  /** Unique to this delivery and the same when it is handed over again: ground for ids where a payload has none. */
  delivery: string
}

export interface Normalised {
  events: Draft[]
  /** Why payloads, or entries inside this payload, gave no event; one sentence each. */
  ignored: string[]
}

export interface SampleFields {
  /** Unique; becomes the platform's id of the event. */
  id: string
  at: number
  kind: SampleKind
  name: string
  text: string
  color?: string
  roles: Role[]
  /** Bits, kicks, super chat units, gifted subs, raiders or months, by kind. */
  amount?: number
}

/** The body, or one item of it, is not what this platform sends. The message names the item. */
export class BadPayload extends Error {
  readonly item: number
  constructor(item: number, reason: string) {
    super(`Item ${item}: ${reason}`)
    this.name = 'BadPayload'
    this.item = item
  }
}

/** Named limits of one push. */
export const MAX_ITEMS = 500
