import { KINDS, type Message, type Notice, type Remove, type Restore } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import { frameOf } from '../frame.ts'
import { type Slice, type SliceEvent, sliceOf } from '../slice.ts'

/**
 * What a restore brings along is decided where it leaves the ring: there all is known that came before it in the channel's order, and
 * nothing else.
 */

const RESTORE = KINDS.indexOf('restore')

/** What the order of events knows where a restore stands. */
export interface Knowledge {
  restorable: Restorable
  /** The held message was refused, removed or put on air already, and so no release that stands later brings it; by its id's fingerprint. */
  refused(id: number): boolean
}

/** What would come back, as far as it is kept. */
export type Restorable = (platform: string, target: Remove['target']) => (Message | Notice)[]

/** The slice in its order; a restore stands alone. */
export function apart(slice: Slice): Slice[] {
  const { events } = slice
  if (!events.some(isRestore)) return [slice]
  const parts: SliceEvent[][] = []
  for (const [nth, event] of events.entries()) {
    const before = events[nth - 1]
    if (before === undefined || isRestore(before) || isRestore(event)) parts.push([])
    parts.at(-1)?.push(event)
  }
  return parts.map((part) =>
    sliceOf(
      slice,
      part.map((event) => ({ ...event, frame: slice.frame })),
    ),
  )
}

/** A restore that stands alone with what it brings, which is what was held where it is a release; any other slice as it is. */
export function completed(slice: Slice, { restorable, refused }: Knowledge): Slice {
  const [event] = slice.events
  if (event === undefined || !isRestore(event)) return slice
  const released = (event.flags & FLAG.released) !== 0
  if (released && !refused(event.target)) return slice
  const restore: Restore = JSON.parse(slice.frame.text.toString('utf8', event.start, event.end))
  if (released) return overtaken(slice, event, restore)
  return alone(slice, event, { ...restore, events: restorable(restore.platform, restore.target) })
}

/** A release that a removal was faster than: it keeps its number, and is about nothing. */
function overtaken(slice: Slice, event: SliceEvent, { released: _, ...restore }: Restore): Slice {
  const { id, flags } = event
  const about = { ...restore, target: { id: restore.id }, events: [] }
  return alone(slice, { ...event, target: id, flags: flags & ~FLAG.released }, about)
}

function alone(slice: Slice, event: SliceEvent, restore: Restore): Slice {
  const frame = frameOf(JSON.stringify(restore))
  return sliceOf(slice, [{ ...event, frame, start: 0, end: frame.text.length }])
}

function isRestore({ kind }: SliceEvent): boolean {
  return kind === RESTORE
}
