import { blankedFor, type Person, speaksOf } from '../../workers/erased.ts'
import { authorMark, fingerprint } from '../../workers/fingerprint.ts'
import { blanked, type ChatEvent, KINDS, type Message, type Notice, type Restore } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import type { Frame } from '../frame.ts'
import type { Piece, SliceEvent } from '../slice.ts'

/** One event of a window. */

const REMOVE = KINDS.indexOf('remove')
const RESTORE = KINDS.indexOf('restore')

/**
 * Who took an event away; several may have. A restore takes back what a moderator did, and nothing else. `cleared`: only the
 * picture was emptied, by a new stream or a moderator. `released`: it was held and stands where it was released.
 */
export const GONE = { byPlatform: 1, byPanel: 2, withAuthor: 4, cleared: 8, released: 16 } as const

/** The reason that a removal is. */
export function removerOf({ flags }: Pick<SliceEvent, 'flags'>): number {
  if ((flags & FLAG.byPanel) === 0) return GONE.byPlatform
  return (flags & FLAG.byAuthor) !== 0 ? GONE.withAuthor : GONE.byPanel
}

/** What is left of the reasons after a restore of one event, or of all of its author. */
export function restored(gone: number, byAuthor: boolean): number {
  return gone & ~(byAuthor ? GONE.withAuthor : GONE.byPanel | GONE.withAuthor)
}

/** Stands for the id of what was erased. */
export const ERASED = 0

/** As snapshots have it; a release stands there as the message that it put on air. */
export interface Kept extends Head, Piece {
  /** As it came, for those who missed it; null = as it stands. */
  came: Piece | null
  arrived: number
  /** Bits of `GONE`; other than 0 = in no snapshot. */
  gone: number
}
type Head = Omit<SliceEvent, 'at' | 'start' | 'end'>

/** An event as it comes in; its text stands in a frame. */
export interface Before extends SliceEvent {
  frame: Frame
  arrived: number
}

/** `piece`: its text, wherever that is kept. */
export function keptOf(event: SliceEvent, { text, start, end }: Piece, arrived: number): Kept {
  const { seq, id, author, target, kind, flags, platform } = event
  const kept = { seq, id, author, target, kind, flags, platform, arrived, gone: 0, text, start, end, came: null }
  return kind === RESTORE && (flags & FLAG.released) !== 0 ? asReleased(kept) : kept
}

export function cameOf(kept: Kept): Piece {
  return kept.came ?? kept
}

/** Drawn, and taken away, as any other message from here on. */
function asReleased(kept: Kept): Kept {
  const restore: Restore = JSON.parse(kept.text.toString('utf8', kept.start, kept.end))
  const [event] = restore.events
  if (event === undefined) return kept
  const { text, start, end } = kept
  return {
    ...kept,
    ...pieceOf(event),
    id: fingerprint(event.id),
    author: event.author === undefined ? 0 : authorMark(event.platform, event.author.id),
    kind: KINDS.indexOf(event.kind),
    flags: event.simulated ? FLAG.simulated : 0,
    target: 0,
    came: { text, start, end },
  }
}

export function asBlanked(kept: Kept): Kept {
  return {
    ...kept,
    ...pieceOf(blanked(read(kept))),
    came: null,
    id: ERASED,
    author: 0,
    flags: kept.flags | FLAG.hidden,
    gone: kept.gone | GONE.byPlatform,
  }
}

/** What others wrote about a person, or a restore brings back of theirs. A removal stays whole: whoever missed it still shows the rows. */
export function without(kept: Kept, person: Person): Kept {
  if (kept.kind === REMOVE) return kept
  const stands = pieceWithout(kept, person)
  if (stands === null) return kept
  return { ...kept, ...stands, came: kept.came && (pieceWithout(kept.came, person) ?? kept.came) }
}

function pieceWithout({ text, start, end }: Piece, person: Person): Piece | null {
  const json = text.toString('utf8', start, end)
  const blanked = speaksOf(json, person) ? blankedFor(JSON.parse(json), person) : null
  return blanked && pieceOf(blanked.event)
}

function pieceOf(event: ChatEvent): Piece {
  const text = Buffer.from(JSON.stringify(event))
  return { text, start: 0, end: text.length }
}

export function sizeOf({ start, end, came }: Kept): number {
  return end - start + (came === null ? 0 : came.end - came.start)
}

export function read({ text, start, end }: Kept): Message | Notice {
  return JSON.parse(text.toString('utf8', start, end))
}
