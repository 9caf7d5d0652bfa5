import type { About, SampleKind } from '../about.ts'
import type { Broadcast, Facts, Quota, SourceOptions, SourceOrder, SourceState } from '../followed.ts'
import type { DeliverySource, HookReply } from '../job.ts'
import type { Draft, Role } from '../message.ts'

export type {
  About,
  Broadcast,
  DeliverySource,
  Facts,
  HookReply,
  Quota,
  SampleKind,
  SourceOptions,
  SourceOrder,
  SourceState,
}

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
  /**
   * What a person typed or pasted (a name, with or without @ or #, in any case, or a whole address) in the platform's own form.
   * Pure. Throws BadName with a sentence that says what a right one looks like. Absent together with `connector`.
   */
  nameOf?(typed: string, options: SourceOptions): string
  /** Makes what connects: one for a thread, shared by all of its sources. Absent where chat can only be pushed in. */
  connector?(ground: Ground): Connector
  /** Makes what checks signed deliveries; absent where the platform signs none. */
  verifier?(ground: Ground): Verifier
  /** The name under which emote services know this platform's channels; absent where they do not. */
  emoteService?: string
  /** Finds the pictures of badges, for a platform whose payloads bring none; null where that is not set up. One for a thread. */
  pictures?(ground: Ground): FindPictures | null
}

/**
 * Badge id → address of its picture: those of one channel by the platform's own id of it, or, without one, those that all channels have.
 * Throws OutsideError.
 */
export type FindPictures = (channel: string | null, signal: AbortSignal) => Promise<ReadonlyMap<string, string>>

/** No channel of this platform can have that name. The message is shown to the person who typed it. */
export class BadName extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BadName'
  }
}

/** What connectors stand on. */
export interface Ground {
  settings: Readonly<Record<string, string>>
  /** A wait towards the platform, as it is on air or shortened for a test; ms. */
  ms(ms: number): number
  /** Milliseconds since 1970, for times that are told. It may jump. */
  now(): number
  /** Milliseconds of a clock that never jumps, for how long something takes or lasts. */
  steady(): number
  /** 0 to 1. */
  random(): number
}

export interface Connector {
  /** Begins to follow, and goes on by itself until `stop`: whatever happens is told to the ears, nothing is thrown. */
  follow(order: SourceOrder, ears: Ears): Following
  /** Ends everything at once. */
  close(): void
}

export interface Following {
  stop(): void
  /** A person asks to try at once instead of at the end of a pause; a connection that is up stays. */
  retry(): void
  /** A signed delivery for this channel was taken: its deliveries arrive. Absent where that changes nothing. */
  delivered?(): void
}

/** What a connector tells of one source. */
export interface Ears {
  /**
   * Takes what the platform sent, as it came, in order. What cannot be read is counted, never thrown. `full` is given while the line takes
   * no more: stop reading until it resolves. What was handed over is kept all the same.
   */
  take(body: string, headers?: PushHeaders): Taken
  /** The other side is there: any sign of life, also one that is no payload. */
  heard(): void
  connecting(): void
  /**
   * The platform has confirmed the channel. What was missed since the last time stands in the transcript as a gap, unless it is
   * `filled`: fetched afterwards, or known to be nothing.
   */
  live(how: { filled: boolean; way?: string }): void
  /**
   * There is no chat to follow right now, as when no broadcast runs; nothing is missed meanwhile. What was missed before stands in the
   * transcript as with `live`.
   */
  waiting(why: string, how?: { filled: boolean }): void
  /** Connected, but silent for longer than it should be. */
  stale(): void
  /** Lost. The next try comes in `pause` ms. */
  retry(why: string, pause: number): void
  /** Only a person can help; `why` says how. Nothing is tried until `retry` is asked for, or the connector says otherwise. */
  attention(why: string): void
  /** Adds to what is known of the channel; an empty value takes one away. */
  learn(facts: Facts): void
  broadcast(news: Broadcast): void
  quota(quota: Quota): void
}

export interface Taken {
  accepted: number
  duplicates: number
  full: Promise<void> | null
}

/** A signed delivery as it came. */
export interface Delivery {
  bytes: Uint8Array
  headers: PushHeaders
  /** When it came, ms. */
  receivedAt: number
  /** What the channel follows on this platform; null = nothing. */
  source: DeliverySource | null
}

/**
 * What a delivery is: a payload for `read` (with what it tells of the followed channel), something that only wants an answer, or one that is
 * authentic and brings nothing (answered as if it were taken, since sending it again would not help).
 */
export type Verdict =
  | { kind: 'payload'; body: string; headers: PushHeaders; learnt?: Facts }
  | { kind: 'reply'; reply: HookReply }
  /** Not for this channel. */
  | { kind: 'foreign'; why: string }
  /** For this channel, and shown by other means or not at all. */
  | { kind: 'silent'; why: string }
  /** The platform will send no more of something: whoever runs the server is told. */
  | { kind: 'ended'; why: string }

/** Checks deliveries. Throws BadDelivery; never anything else, whatever comes. */
export type Verifier = (delivery: Delivery) => Verdict | Promise<Verdict>

/** `bad_payload`: signed right, and not what this platform sends. */
type Fault = 'bad_signature' | 'stale_delivery' | 'bad_payload'

/** A delivery that is refused. The message says why, and never what the right signature would be. */
export class BadDelivery extends Error {
  readonly code: Fault
  constructor(code: Fault, message: string) {
    super(message)
    this.name = 'BadDelivery'
    this.code = code
  }
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
  /** What the payload says of the streamer's broadcast. */
  broadcast?: Broadcast
  /**
   * Where one message may come under several ids: the one that all of its forms share, as the original's where channels share a chat. This
   * payload brings it or takes it away.
   */
  original?: string
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
