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

/** A channel's number on this process: small, never reused while the process lives. */
export type ChannelNumber = number

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
  /** Fingerprints of ids already shown, oldest first. */
  seen: Float64Array
  rules: Ruled
}

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
  source: { name: string; options: SourceOptions; facts: Facts } | null
}
/** An event that CrossChat itself makes. */
export interface EventJob extends JobBase {
  type: 'event'
  draft: Draft
}

/** What a person has set for a source, by the names of `About.source.fields`; a switch that is on is `yes`. */
export type SourceOptions = Readonly<Record<string, string>>
/**
 * What was learnt of a followed channel, kept across connections and restarts. Every platform may keep what it needs under
 * names of its own; these are known to all: `id` is the platform's own id of the channel, by which emote services know it, `title` and
 * `avatar` are shown in the panel.
 */
export type Facts = Readonly<Record<string, string>>

/** A channel of a platform that is to be followed. */
export interface SourceOrder {
  channel: ChannelNumber
  platform: string
  /** Unique in this process, from 1 on: names the suspect if the worker dies over one of its payloads. */
  number: number
  /** The followed channel's name in the platform's own form. */
  name: string
  options: SourceOptions
  facts: Facts
  /** When it was last connected before this order, ms; what came since may be missing. Null = there is nothing to miss. */
  leftAt: number | null
}

/**
 * off: nobody wants it. waiting: connected or able to, and the platform has no chat right now. connecting: the first try. live: connected,
 * and the platform has confirmed the channel. stale: connected, and silent for too long. retry: lost, the next try comes at
 * `retryAt`. attention: only a person can help; `error` says how.
 */
export type SourceState = 'off' | 'waiting' | 'connecting' | 'live' | 'stale' | 'retry' | 'attention'

/** How a source is. */
export interface SourceReport {
  state: SourceState
  /** When it came into this state, ms. */
  since: number
  /** A sentence: what is wrong, or what is being waited for. */
  error: string | null
  /** When the next try comes, ms. */
  retryAt: number | null
  /** When the last event came, ms. */
  lastEventAt: number | null
  /** Events taken since it is followed. */
  events: number
  /** How it is read, in two words, where there are several ways. */
  way: string | null
  quota: Quota | null
}
/** What the platform's API may still be asked. */
export interface Quota {
  used: number
  limit: number
  /** When it begins anew, ms. */
  resetsAt: number
}

/** The streamer's broadcast on a platform began or ended. */
export interface Broadcast {
  live: boolean
  /** When it began or ended, ms, by the platform's clock: the same news told again has the same time. */
  at: number
  title?: string
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
  source: SourceForm
  /** Kinds of simulated message that `sample` can make. */
  samples: SampleKind[]
}

export interface SourceForm {
  label: string
  placeholder: string
  /** A sentence below the name's field. */
  hint?: string
  /** What else may be set. */
  fields: SourceField[]
  /** What the address for signed deliveries is good for, as a sentence; absent = the platform signs none. */
  hook?: string
  /** The platform says when a broadcast begins and ends, at least by one of its ways. */
  broadcasts: boolean
}
export interface SourceField {
  name: string
  /** A secret is never shown again; a switch is `yes` or absent. */
  kind: 'text' | 'secret' | 'switch'
  label: string
  hint: string
  placeholder?: string
  /** Letters at least and at most, where the platform takes no others. */
  letters?: { least: number; most: number }
  /** A choice that whoever connects should make knowingly: shown beside the name, not among further settings. */
  upfront?: true
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

/** What becomes of a caught event: never on air, or waiting for a moderator. Neither is ever dropped. */
export type Action = 'hide' | 'hold'
/** A blocked word; `whole` = only where no letter or digit touches it. */
export interface WordRule {
  text: string
  match: 'anywhere' | 'whole'
  action: Action
}

/** A channel's rules; an event that one of them catches is marked hidden, never dropped. */
export interface Rules {
  /** Compared without case and invisibles. A plain string hides wherever it stands. */
  words: (string | WordRule)[]
  /** Names or logins, compared without case. */
  users: string[]
  /** Hide messages that begin with `!`. */
  commands: boolean
  /** Hide known bots. */
  bots: boolean
  /** Links to other hosts than these and what is below them. */
  links: { action: Action; allow: string[] } | null
  /** Messages whose letters are capitals to so many per cent at least, from so many letters on. */
  caps: { action: Action; share: number; least: number } | null
  /** The same text by the same person within so many seconds. */
  repeats: { action: Action; within: number } | null
  /** Messages of emotes or emoji alone. */
  emoteOnly: { action: Action } | null
  /** Hold the first message that somebody ever writes, where the platform says so. */
  firstTimers: boolean
  /** Hold all that people write. */
  everything: boolean
}
export const NO_RULES: Rules = {
  words: [],
  users: [],
  commands: false,
  bots: false,
  links: null,
  caps: null,
  repeats: null,
  emoteOnly: null,
  firstTimers: false,
  everything: false,
}
/** The rules, and the people who are hidden one by one. */
export interface Ruled extends Rules {
  people: { platform: string; authorId: string }[]
}
export const UNRULED: Ruled = { ...NO_RULES, people: [] }

/** A message that nobody wrote, to try the rules on. */
export interface Trial {
  text: string
  name: string
  /** The person of that name who is meant; else a stranger. */
  person: { platform: string; authorId: string } | null
  /** It is somebody's first message. */
  first: boolean
  /** Null = the channel's own. */
  rules: Rules | null
}
/** What the rules would do with it. */
export interface TrialVerdict {
  /** The rule that catches it; null = none, it is shown. */
  rule: string | null
  action: Action | 'show'
  /** The word or the host that was found. */
  found: string | null
}

/** Worker → main thread. */
export type FromWorker =
  | { type: 'ready'; platforms: About[]; scenarios: { id: string; label: string }[] }
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
  /** A platform's code threw where it must not: a flaw of ours. The item was left out, chat goes on. */
  | { type: 'flaw'; platform: string; item: number; error: string }
  | { type: 'stopped' }

export type Outcome =
  | { ok: true; accepted: { id: string; seq: number }[]; duplicates: number; ignored: string[]; reply?: HookReply }
  | { ok: false; code: Refusal; message: string }
export type Refusal = 'bad_payload' | 'unknown_platform' | 'queue_full' | 'bad_signature' | 'stale_delivery'

/** What the platform wants to read back. */
export interface HookReply {
  status: number
  /** Sent as text/plain. */
  text: string
}
