import type { ChatEvent } from '../../workers/message.ts'
import type { Person } from './erasures.ts'
import type { Page } from './page.ts'

/** The events of streams. */

/**
 * One archived event, or a gap: `count` events that could not be kept. `releasedAt`: it was held, and a moderator put it on air then,
 * ms; it is hidden no longer.
 */
export type Archived = (ChatEvent & { removed?: Removed; releasedAt?: number }) | Gap

export interface Removed {
  at: number
  by: 'platform' | 'panel'
}

export interface Gap {
  kind: 'gap'
  /** 0 = nobody can know how many. */
  count: number
  at: number
  reason: string
  /** Of a source that was away: its platform, and when it was back. */
  platform?: string
  until?: number
}

/** What goes to the archive thread: the bytes as the worker encoded them, never looked into on the main thread. */
export interface ArchiveBatch {
  streamId: string
  epoch: string
  /** UTF-8 JSON texts of events, back to back. */
  bytes: Uint8Array
  /** End of each event's text in `bytes`; with `seqs`, one entry an event. */
  ends: Uint32Array
  seqs: Float64Array
  fence?: Fence
}

/**
 * The fencing number with which a server holds the channel. One that is older than another that the store has seen is refused with
 * `storage_fenced`, whatever its bearer believes. Not given where one server alone writes; the embedded store asks for none.
 */
export type Fence = number | undefined

/** A record of a transcript as it is kept: `text` is its JSON, letter for letter; a gap has no seq. */
export interface KeptRecord {
  epoch: string
  seq: number | null
  text: string
}

export interface EventFilter {
  /** The one event of that id. */
  id?: string
  /** Words and operators as they were typed; docs/api.md says which. */
  q?: string
  platform?: string
  /** Name, login or author id, without case. */
  author?: string
  kind?: string
  simulated?: boolean
  /** The platform's clock, ms, both ends included. */
  from?: number
  to?: number
}

/** How a stream went. */
export interface Figures {
  messages: number
  chatters: number
  /** Who said most. */
  top: Chatter[]
  /** When the first column begins, and how much time one takes, ms. */
  from: number
  column: number
  /** Platform → messages and notices of each column. */
  counts: Record<string, number[]>
}

export interface Chatter {
  platform: string
  id: string
  name: string
  messages: number
}

/** What a search found, and what was said right before and after it. */
export interface Hit {
  event: Archived
  before: Archived | null
  after: Archived | null
  /** Cursor of a page that begins a little before the event. */
  from: string
}

/** The events of streams. Runs in its own thread: the main thread never waits for a disk. */
export interface Archive {
  /** Makes the stream's place ready. After a crash: repairs the tail and gives what the line must know to go on. */
  open(streamId: string, fence?: Fence): Promise<Opened>
  /** Resolves when the batch is in the file (not yet fsynced). Rejects when it could not be kept; then nothing of it was. */
  append(batch: ArchiveBatch): Promise<{ messages: number }>
  /** Leaves a visible gap in the transcript. */
  gap(streamId: string, epoch: string, gap: Gap, fence?: Fence): Promise<void>
  /** In the order of arrival. */
  page(streamId: string, limit: number, cursor: string | null, filter: EventFilter): Promise<Page<Archived>>
  /** The same page as the UTF-8 of its JSON, for whoever only hands it on. */
  written(streamId: string, limit: number, cursor: string | null, filter: EventFilter): Promise<Lent>
  /** As a page, for searching. `budget`: rows that may be read for it, or what costs as much; `spent` of it. */
  search(
    streamId: string,
    limit: number,
    cursor: string | null,
    filter: EventFilter,
    budget: number,
  ): Promise<{ hits: Hit[]; next: string | null; spent: number }>
  /** The newest events, at most so many and so many bytes. */
  recent(streamId: string, events: number, bytes: number): Promise<Recent>
  /** Reads the whole stream. */
  figures(streamId: string): Promise<Figures>
  /**
   * Takes a person out of a stream, row by row in place: how many events were theirs, and what they were called there. Asked again with
   * these names, it finds what others' events say of them. Killed in the middle, the same call does the rest.
   */
  erase(streamId: string, person: Person): Promise<{ events: number; names: string[] }>
  /** Fsyncs and lets go of the segment being written. */
  end(streamId: string, fence?: Fence): Promise<{ messages: number }>
  remove(streamId: string): Promise<void>
  /** What the stream takes up where it is kept. */
  bytes(streamId: string): Promise<number>
  /** For another store: the records as they are kept, the `nth` piece of them; none behind the last. */
  records(streamId: string, nth: number): Promise<KeptRecord[]>
  /** Adds records of another store behind those that stand, all of them as they are. The embedded store refuses. */
  put(streamId: string, records: KeptRecord[]): Promise<void>
  close(): Promise<void>
}

export interface Opened {
  messages: number
  /** Ids of the newest archived events, oldest first, at most `REMEMBERED_IDS`; so that a redelivery after a crash is a duplicate. */
  ids: string[]
  /** What was held, at most `MAX_HELD` and none older than `KEEP_HELD_MS`, and what was done to it since, oldest first. */
  held: ChatEvent[]
}

/** A text whose memory is used again. */
export interface Lent {
  utf8: Uint8Array
  /** Once, when nobody reads it any more; never is no fault, too early is one. */
  back(): void
}

/** Events in their order, each with a higher seq than the one before; what is between two may be missing. */
export interface Recent {
  /** UTF-8 JSON texts, back to back, and the end of each. */
  bytes: Uint8Array
  ends: Uint32Array
  heads: RecentHead[]
}

/** Of one event, with the fingerprints that its record in the ring had. */
export interface RecentHead {
  seq: number
  epoch: string
  platform: string
  receivedAt: number
  id: number
  author: number
  target: number
  kind: number
  flags: number
}

export const REMEMBERED_IDS = 10_000
