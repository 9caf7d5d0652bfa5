import type { About } from './about.ts'
import type { Broadcast, ChannelNumber, Facts, SourceOptions, SourceOrder, SourceReport } from './followed.ts'
import type { Job, Outcome, RunOrder } from './job.ts'
import type { Ruled, Trial, TrialVerdict } from './ruled.ts'

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
  outside: Outside
}

/** How the worker reaches what is outside of this process. */
export interface Outside {
  /** Addresses and keys by the names that the server's settings have for them; a platform knows which are its own. */
  settings: Readonly<Record<string, string>>
  /** Waits towards platforms are divided by this: 1 on air, more only in tests. */
  haste: number
  /** Folder for what can be fetched again. */
  cacheDir: string
}

/** Main thread → worker. */
export type ToWorker =
  | OpenChannel
  | { type: 'rules'; channel: ChannelNumber; rules: Ruled }
  /** What would the rules do? Answered by `tried`. */
  | { type: 'try'; ask: number; channel: ChannelNumber; trial: Trial }
  | { type: 'close'; channel: ChannelNumber }
  | Job
  | { type: 'follow'; source: SourceOrder }
  | { type: 'unfollow'; channel: ChannelNumber; platform: string }
  /** A person asks to try at once. */
  | { type: 'retry'; channel: ChannelNumber; platform: string }
  /** What somebody typed as a channel's name; answered by `named`. */
  | { type: 'name'; ask: number; platform: string; typed: string; options: SourceOptions }
  | { type: 'run'; run: RunOrder }
  | { type: 'cancel'; run: string }
  | { type: 'ping'; n: number }
  | { type: 'stop' }

export interface OpenChannel {
  type: 'open'
  channel: ChannelNumber
  /** The last seq given in this channel's epoch; the next event gets seq + 1. */
  seq: number
  /** Fingerprints of ids that were taken away, also of what has not come yet; oldest first. */
  removed?: number[]
  /** Fingerprints of ids already shown, oldest first. */
  seen: Float64Array
  rules: Ruled
}

/** Worker → main thread. */
export type FromWorker =
  /** `thread`: the system's number of its thread, null = not known. */
  | { type: 'ready'; platforms: About[]; scenarios: { id: string; label: string }[]; thread: number | null }
  | { type: 'done'; job: number; outcome: Outcome }
  | { type: 'run'; id: string; made: number; finished: boolean }
  | { type: 'pong'; n: number; held: number }
  /** `source`: the number of the order, so that a word of one that is followed no longer is nobody's. */
  | { type: 'source'; source: number; report: SourceReport }
  | { type: 'facts'; source: number; facts: Facts }
  /** What was written from `from` to `to` could not be had; it belongs behind the event `after`. */
  | { type: 'gap'; source: number; from: number; to: number; after: number }
  | { type: 'broadcast'; channel: ChannelNumber; platform: string; broadcast: Broadcast }
  | { type: 'named'; ask: number; name: string }
  /** A sentence that says what a right name looks like. */
  | { type: 'unnamed'; ask: number; problem: string }
  | { type: 'tried'; ask: number; verdict: TrialVerdict }
  /** A platform's code, or what reads an emote service, threw where it must not: a flaw of ours. The item was left out, chat goes on. */
  | { type: 'flaw'; platform: string; item: number; error: string }
  | { type: 'stopped' }
