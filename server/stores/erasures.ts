/** Who leaves the transcripts of a channel. */

/** The wish that a viewer leaves every transcript of a channel, and how far that is. */
export interface Erasure {
  id: string
  channelId: string
  platform: string
  /** Empty once it is done: nothing of the person stays. */
  authorId: string
  names: string[]
  startedAt: number
  finishedAt: number | null
  /** Streams are gone through twice: for what is theirs, then for what others wrote about them. */
  round: 1 | 2
  /** The last stream of the round that is done; '' = none yet. */
  after: string
  /** Streams done and to be done, over both rounds. */
  done: number
  total: number
  /** Events that were theirs. */
  events: number
}

/** Finished erasures that a channel remembers. */
export const MAX_ERASURES = 20

export interface Erasures {
  /** Inserts or replaces; on disk (fsync) when it resolves. Forgets the oldest finished ones beyond `MAX_ERASURES`. */
  put(erasure: Erasure): Promise<void>
  /** Newest first. */
  byChannel(channelId: string): Promise<Erasure[]>
  /** Of all channels, oldest first. */
  unfinished(): Promise<Erasure[]>
  /** The channel is gone. */
  forget(channelId: string): Promise<void>
}

/** Whose traces are erased; `names` as they were written. */
export interface Person {
  platform: string
  authorId: string
  names: string[]
}
