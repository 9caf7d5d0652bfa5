import type { Slice } from '../slice.ts'

/**
 * Carries the slices of all channels from where they are drained to where sockets wait for them, in order within a channel, each once.
 *
 * Of several nodes one is a channel's home: it alone publishes there. The others follow the channel. Each tenure of a home has an epoch of
 * its own, and its numbers go on where the one before ended, so that the same number of the same epoch is the same event everywhere.
 */
export interface Bus {
  /** Never throws and never waits: this node's own listener has had the slice when it returns, whatever the others can hear. */
  publish(slice: Slice): void
  listen(ends: BusEnds): void
  /**
   * From now on what is published of the channel goes to the others, too. Called again with a higher number after a lease was lost. `shown`: what
   * the channel showed last and the others may not have had, from the tenure's first number on.
   */
  begin(tenure: Tenure, shown?: readonly Slice[]): void
  /** What a welcome says besides events, as the others are to say it: the newest counts. For a channel with its home here. */
  tell(channelId: string, state: string): void
  /** Resolves when the others have all of it, or cannot be reached; from then on nothing of the channel goes to them. */
  end(channelId: string): Promise<void>
  /** What the channel's stream has right now. Throws when it cannot be asked. */
  history(channelId: string): Promise<History>
  /** As `history`, and whatever comes behind it is told, until `unfollow`. */
  follow(channelId: string): Promise<History>
  unfollow(channelId: string): void
  /** Every other node is told, whatever the channel; in order, and again when it is not sure that it was. */
  shout(text: string): void
  close(): Promise<void>
}

/** What a server alone has of it. */
export type LocalBus = Pick<Bus, 'publish' | 'listen' | 'close'>

export interface BusEnds {
  /** Told of every slice: this node's own, and those of the channels that it follows. */
  slice(slice: Slice): void
  /** Of a followed channel. */
  state(channelId: string, state: string): void
  /**
   * What follows does not simply go on: there is a new home, or slices are missing that nobody keeps any more. The history takes the place
   * of all that was told before.
   */
  anew(channelId: string, history: History): void
  /** A newer home has written: nothing more of this node's is taken. */
  refused(channelId: string): void
  /** Another node's word to all. */
  shouted(text: string): void
}

/** One node's time as a channel's home. */
export interface Tenure {
  channelId: string
  fence: number
  epoch: string
  /** The last number before it. */
  seq: number
}

/** What a channel's stream has, oldest first. Between two slices some may be missing; their numbers say so. */
export interface History {
  /** Of the newest tenure; null = there was none. */
  epoch: string | null
  seq: number
  /** `arrived`: on the clock of `performance.now`. */
  slices: { slice: Slice; arrived: number }[]
  /** Of each tenure that is over, the last number that everybody knows. */
  ends: ReadonlyMap<string, number>
  state: string | null
}

/** Hears nothing. */
export const DEAF: BusEnds = { slice() {}, state() {}, anew() {}, refused() {}, shouted() {} }

/** What a stream keeps for those who come: so many events at least, where there are as many, and no longer than this. */
export const KEEP_EVENTS = 500
export const KEEP_MS = 10 * 60_000
/** What a home keeps of its own, for a stream that was lost or cannot be reached; what is more is told as missing. */
export const MAX_EVENTS = 1_000
export const MAX_BYTES = 4 * 1_024 * 1_024
