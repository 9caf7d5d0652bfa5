import type { Draft, Role } from './message.ts'

/**
 * The words between the main thread and the unified worker. Events never travel here: they go through the ring.
 * Structured clone carries these, so they hold plain data only.
 */

/** What the worker's thread is started with. */
export interface WorkerStart {
  /** The queue's memory; see queue/layout.ts. */
  memory: { shared: SharedArrayBuffer }
  /** Its id as an owner of the queue's lock; never used twice in a process. */
  owner: number
}

/** A channel's number on this process: small, never reused while the process lives. */
export type ChannelNumber = number

/** Main thread → worker. */
export type ToWorker =
  | OpenChannel
  | { type: 'rules'; channel: ChannelNumber; rules: Rules }
  | { type: 'close'; channel: ChannelNumber }
  | Job
  | { type: 'run'; run: RunOrder }
  | { type: 'cancel'; run: string }
  | { type: 'ping'; n: number }
  | { type: 'stop' }

export interface OpenChannel {
  type: 'open'
  channel: ChannelNumber
  /** The last seq given in this channel's epoch; the next event gets seq + 1. */
  seq: number
  /** Fingerprints of ids already shown, oldest first. */
  seen: Float64Array
  rules: Rules
}

/** Something to turn into events. The main thread keeps it until the worker's `done`, and hands it over again if the worker dies. */
export type Job = PushJob | SampleJob | EventJob
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
/** An event that CrossChat itself makes. */
export interface EventJob extends JobBase {
  type: 'event'
  draft: Draft
}

/** How a platform introduces itself; goes to server, overlay and panel as data. */
export interface About {
  id: string
  label: string
  /** Brand colour of the tile, `#rrggbb`. */
  color: string
  /** Colour of the glyph on the tile. */
  glyph: string
  /** Line colours that keep 4.5:1 as text, by palette. */
  ink: { dark: string; light: string }
  /** Path data of the mark, drawn in a 24 by 24 box. */
  mark: string
  /** What a followed source of this platform needs to know. */
  source: { label: string; placeholder: string }
  /** Kinds of simulated message that `sample` can make. */
  samples: SampleKind[]
}

export type SampleKind =
  | 'message'
  | 'action'
  | 'reply'
  | 'first'
  | 'sub'
  | 'resub'
  | 'gift'
  | 'raid'
  | 'follow'
  | 'cheer'
  | 'superchat'
  | 'announcement'

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

/** A channel's rules; an event that one of them catches is marked hidden, never dropped. */
export interface Rules {
  /** Substrings, compared without case and invisibles. */
  words: string[]
  /** Names or logins, compared without case. */
  users: string[]
  /** Hide messages that begin with `!`. */
  commands: boolean
  /** Hide known bots. */
  bots: boolean
}
export const NO_RULES: Rules = { words: [], users: [], commands: false, bots: false }

/** Worker → main thread. */
export type FromWorker =
  | { type: 'ready'; platforms: About[]; scenarios: { id: string; label: string }[] }
  | { type: 'done'; job: number; outcome: Outcome }
  | { type: 'run'; id: string; made: number; finished: boolean }
  | { type: 'pong'; n: number; held: number }
  /** A normaliser threw: a flaw of ours. The item was left out, chat goes on. */
  | { type: 'flaw'; platform: string; item: number; error: string }
  | { type: 'stopped' }

export type Outcome =
  | { ok: true; accepted: { id: string; seq: number }[]; duplicates: number; ignored: string[] }
  | { ok: false; code: 'bad_payload' | 'unknown_platform' | 'queue_full'; message: string }
