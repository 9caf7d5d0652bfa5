import { blankedFor, type Person } from '../../workers/erased.ts'
import { authorMark, fingerprint } from '../../workers/fingerprint.ts'
import { blanked, KINDS, type Message, type Notice, type Restore } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import { type Frame, frameOf } from '../frame.ts'
import type { SliceEvent } from '../slice.ts'

/** One event of a window. */

const RESTORE = KINDS.indexOf('restore')

/**
 * Who took an event away; several may have. A restore takes back what a moderator did, and nothing else. `cleared`: only the
 * picture was emptied, by a new stream or a moderator. `released`: it was held and stands where it was released.
 */
export const GONE = { byPlatform: 1, byPanel: 2, withAuthor: 4, cleared: 8, released: 16 } as const

/** Stands for the id of what was erased. */
export const ERASED = 0

/** As snapshots have it; a release stands there as the message that it put on air. */
export interface Kept extends SliceEvent {
  frame: Frame
  /** As it came, for those who missed it. */
  came: Piece
  arrived: number
  /** Bits of `GONE`; other than 0 = in no snapshot. */
  gone: number
}

export interface Piece {
  frame: Frame
  start: number
  end: number
}

/** An event from before this process. */
export type Before = Omit<Kept, 'gone' | 'came'>

export function keptOf(event: Before): Kept {
  const { frame, start, end } = event
  const kept = { ...event, came: { frame, start, end }, gone: 0 }
  return event.kind === RESTORE && (event.flags & FLAG.released) !== 0 ? asReleased(kept) : kept
}

/** Drawn, and taken away, as any other message from here on. */
function asReleased(kept: Kept): Kept {
  const restore: Restore = JSON.parse(kept.frame.text.toString('utf8', kept.start, kept.end))
  const [event] = restore.events
  if (event === undefined) return kept
  const frame = frameOf(JSON.stringify(event))
  return {
    ...kept,
    id: fingerprint(event.id),
    author: event.author === undefined ? 0 : authorMark(event.platform, event.author.id),
    kind: KINDS.indexOf(event.kind),
    flags: event.simulated ? FLAG.simulated : 0,
    target: 0,
    frame,
    start: 0,
    end: frame.text.length,
  }
}

export function asBlanked(kept: Kept): Kept {
  const frame = frameOf(JSON.stringify(blanked(read(kept))))
  const came = { frame, start: 0, end: frame.text.length }
  return {
    ...kept,
    ...came,
    came,
    id: ERASED,
    author: 0,
    flags: kept.flags | FLAG.hidden,
    gone: kept.gone | GONE.byPlatform,
  }
}

/** A restore brings back what many wrote. */
export function restoredWithout(kept: Kept, person: Person): Kept {
  const restore: Restore = JSON.parse(kept.frame.text.toString('utf8', kept.start, kept.end))
  const blanked = blankedFor(restore, person)
  if (blanked === null) return kept
  const frame = frameOf(JSON.stringify(blanked.event))
  const came = { frame, start: 0, end: frame.text.length }
  return { ...kept, ...came, came }
}

export function sizeOf({ start, end, came }: Kept): number {
  return came.end - came.start + (start === came.start ? 0 : end - start)
}

export function read({ frame, start, end }: Kept): Message | Notice {
  return JSON.parse(frame.text.toString('utf8', start, end))
}
