/** What is written down of one history, for the checker. It knows nothing of how the history came about, so it can be made up, too. */

/** What a platform sent. Of one sender each waits for the answer to the one before. */
export interface Sent {
  id: string
  by: string
  /** Its place among all that this sender said. */
  nth: number
  /** The places at which it said that once more, after it had been told that it was taken. */
  again?: number[]
  /** The sender was told that it was taken. */
  taken: boolean
  /** The sender was told that it stands in the transcript: when it was new, or when it was sent again. */
  archived: boolean
  archivedAgain: boolean
}

/** One event in the order of the channel, as it left the ring. */
export interface Placed {
  epoch: string
  seq: number
  id: string
  /** To be drawn: a message that no rule hid. */
  drawn: boolean
  /** It waits for a moderator. */
  held?: true
  /** Who wrote it. */
  author?: string
  /** What it does to others. */
  act?: Act
  /** Only its sender was told of it: it went with its server, and so may others beside it whose answers never came. */
  unheard?: true
  /** On the clock that never jumps, ms. */
  at: number
}

export type Target = { id: string } | { author: string }
export type Act =
  | { type: 'remove'; target: Target; by: 'platform' | 'panel' }
  /** `brings`: what it carries for pages that no longer have it. `released`: that was held, and stands here from now on. */
  | { type: 'restore'; target: Target; brings: string[]; released?: true }
  | { type: 'clear'; by: 'panel' | 'stream' }

/** An epoch of the channel: how many events had been placed before it began, and the seq that it begins after. */
export interface Epoch {
  before: number
  seq: number
}

export interface Position {
  epoch: string
  seq: number
}

export type Seen =
  /** `anew`: the page stood nowhere, since what it was welcomed with before had not come. */
  | ({ type: 'welcome'; recovered: boolean; anew: boolean; at: number } & Position)
  /** The messages that came with the welcome before it. */
  | { type: 'snapshot'; ids: string[] }
  /** `upTo`: where the page stood when the row was there. */
  | { type: 'shown'; id: string; upTo: Position }

export interface PageLog {
  name: string
  seen: Seen[]
  /** The rows at the end. */
  rows: string[]
  stands: Position | null
  /** It was thrown away before the end: what came after that it need not have shown. */
  closed?: boolean
}

/** A record of the transcript; a gap stands for so many events. */
export type Kept = { id: string } | { gap: number }

export interface Transcript {
  stream: string
  kept: Kept[]
  /** Its events in the order: those after the first place, up to the second. */
  from: number
  to: number
  /** Events of it from here on must stand in it, or in a gap; null = not known. */
  keptFrom: number | null
}

/** What waits for a moderator at the end. */
export interface Queue {
  ids: string[]
  /** Of these somebody has decided, and nobody knows yet what comes of it. */
  deciding: string[]
  /** Where the life of the server that has it began, and the stream that this went on with. */
  from: number
  stream: string | undefined
  /** A clock was put forward or back. */
  jumped: boolean
  /** On the clock that never jumps, ms. */
  now: number
}

export interface History {
  sent: Sent[]
  /** Removals whose sender was told that they were taken: their targets. */
  removed: string[]
  /** Events that a moderator was told of. */
  told: string[]
  order: Placed[]
  epochs: Map<string, Epoch>
  pages: PageLog[]
  transcripts: Transcript[]
  /** Null where no server is there to have one. */
  queue: Queue | null
}

export const KINDS = ['lost', 'doubled', 'reordered', 'phantom'] as const
export type Kind = (typeof KINDS)[number]
export interface Finding {
  kind: Kind
  /** Where it was missed or seen. */
  where: string
  what: string
}

export function found(kind: Kind, where: string, what: string): Finding {
  return { kind, where, what }
}

/** Those that have come before. */
export function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>()
  return ids.filter((id) => {
    const again = seen.has(id)
    seen.add(id)
    return again
  })
}
