import type { Person } from '../erased.ts'
import type { EventHead } from '../event-head.ts'
import type { ChatEvent } from '../message.ts'

/** The words between the main thread and the archive thread. Structured clone carries them, so they hold plain data only. */

export interface Gap {
  kind: 'gap'
  count: number
  at: number
  reason: string
  /** Of a source that was away: its platform, and when it was back. */
  platform?: string
  until?: number
}
export interface Removed {
  at: number
  by: 'platform' | 'panel'
}
export type Archived = (ChatEvent & { removed?: Removed; releasedAt?: number }) | Gap

export interface Batch {
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
 * The fencing number with which a server holds the channel: one that is older than another that the store has seen is refused. Not given
 * where one server alone writes.
 */
export type Fence = number | undefined

/** A record of a transcript as it is kept: `text` is its JSON, letter for letter; a gap has no seq. */
export interface Kept {
  epoch: string
  seq: number | null
  text: string
}
/** Events in their order, each with a higher seq than the one before; what is between two may be missing. */
export interface Recent {
  /** UTF-8 JSON texts, back to back, and the end of each. */
  bytes: Uint8Array
  ends: Uint32Array
  heads: RecentHead[]
}
export interface RecentHead extends EventHead {
  epoch: string
  platform: string
  receivedAt: number
}
export interface Filter {
  /** The one event of that id. */
  id?: string
  q?: string
  platform?: string
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
/** A page of a search; `spent` of its budget. */
export interface Searched {
  hits: Hit[]
  next: string | null
  spent: number
}

/** What each call takes and gives. */
export interface Calls {
  open: {
    asks: { streamId: string; fence?: Fence }
    gives: { messages: number; ids: string[]; held: ChatEvent[] }
  }
  /** Gives the messages and notices that the stream now holds. */
  append: { asks: { batch: Batch }; gives: { messages: number } }
  gap: { asks: { streamId: string; epoch: string; gap: Gap; fence?: Fence }; gives: null }
  page: {
    asks: { streamId: string; limit: number; cursor: string | null; filter: Filter }
    gives: { items: Archived[]; next: string | null }
  }
  /** The same page as the UTF-8 of its JSON, for whoever only hands it on. Its memory is to come back. */
  written: { asks: Calls['page']['asks']; gives: Uint8Array<ArrayBuffer> }
  /** As a page, for searching. `budget`: rows that may be read for it, or what costs as much. */
  search: { asks: Calls['page']['asks'] & { budget: number }; gives: Searched }
  /** The newest events, at most so many and so many bytes. */
  recent: { asks: { streamId: string; events: number; bytes: number }; gives: Recent }
  figures: { asks: { streamId: string }; gives: Figures }
  /** Takes a person out of a stream; again, with the names that were found, for what others wrote about them. */
  erase: { asks: { streamId: string } & Person; gives: { events: number; names: string[] } }
  end: { asks: { streamId: string; fence?: Fence }; gives: { messages: number } }
  remove: { asks: { streamId: string }; gives: null }
  /** What the stream takes up where it is kept. */
  bytes: { asks: { streamId: string }; gives: { bytes: number } }
  /** The records of a stream as they are kept, from the `nth` piece on, one piece a call; none behind the last. */
  records: { asks: { streamId: string; nth: number }; gives: { records: Kept[] } }
  /** Adds records of another store behind those that stand, all of them as they are. */
  put: { asks: { streamId: string; records: Kept[] }; gives: null }
}
export type CallName = keyof Calls

/** Main thread → archive thread. `n` comes back with the answer. */
export type ToArchive =
  | { [Name in CallName]: { type: Name; n: number } & Calls[Name]['asks'] }[CallName]
  /** The memory of a written page, which nobody reads any more. */
  | { type: 'back'; memory: ArrayBuffer }
  | { type: 'stop' }

/** Archive thread → main thread. */
export type FromArchive =
  | { type: 'ready' }
  | { type: 'answer'; n: number; value: Calls[CallName]['gives'] }
  | { type: 'refusal'; n: number; code: Refusal; message: string }
  | { type: 'note'; level: 'info' | 'warn' | 'error'; text: string; fields: Record<string, unknown> }
  /** The transcripts of all running streams were brought to the disk. */
  | { type: 'synced'; ms: number }
  | { type: 'stopped' }

/**
 * `storage_failed`: the disk. `storage_fenced`: another server has taken over. `bad_request`: what was asked makes no sense (a damaged cursor,
 * an impossible id).
 */
export type Refusal = 'storage_failed' | 'storage_fenced' | 'bad_request'

/** What the thread is started with: where it keeps transcripts. */
export type ArchiveOrders = FolderOrders | DatabaseOrders

export interface FolderOrders {
  /** Absolute path of the folder that holds one folder a stream. */
  folder: string
  /** Newest event ids that `open` gives. */
  remembered: number
  /** Bytes that stay free on the disk. */
  keepFree: number
}
export interface DatabaseOrders {
  /** Address of a PostgreSQL database in its newest form. */
  url: string
  remembered: number
}

/** Whoever answers the calls; one each for files and for a database. A page is written as text: the thread makes bytes of it. */
export type Keeper = {
  [Name in CallName]: (asks: Calls[Name]['asks']) => Promise<Name extends 'written' ? string : Calls[Name]['gives']>
} & {
  /** Everything is where it belongs when it resolves. */
  close(): Promise<void>
}
