/** What is followed, what is learnt of it, and how it is. */

/** A channel's number on this process: small, never reused while the process lives. */
export type ChannelNumber = number

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
