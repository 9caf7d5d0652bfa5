import { KINDS, type Message, type Notice, type Remove, type Restore } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import { frameOf } from '../frame.ts'
import { type Slice, type SliceEvent, sliceOf } from '../slice.ts'

/**
 * What a restore brings along is decided where it leaves the ring: there all is known that came before it in the channel's order, and
 * nothing else.
 */

const RESTORE = KINDS.indexOf('restore')

/** What would come back, as far as it is kept. */
export type Restorable = (platform: string, target: Remove['target']) => (Message | Notice)[]

/** The slice in its order; what may bring something along stands alone. */
export function apart(slice: Slice): Slice[] {
  const { events } = slice
  if (!events.some(givesBack)) return [slice]
  const parts: SliceEvent[][] = []
  for (const [nth, event] of events.entries()) {
    const before = events[nth - 1]
    if (before === undefined || givesBack(before) || givesBack(event)) parts.push([])
    parts.at(-1)?.push(event)
  }
  return parts.map((part) =>
    sliceOf(
      slice,
      part.map((event) => ({ ...event, frame: slice.frame })),
    ),
  )
}

/** A restore that stands alone with what it brings; any other slice as it is. */
export function completed(slice: Slice, restorable: Restorable): Slice {
  const [event] = slice.events
  if (event === undefined || !givesBack(event)) return slice
  const restore: Restore = JSON.parse(slice.frame.text.toString('utf8', event.start, event.end))
  const events = restorable(restore.platform, restore.target)
  const frame = frameOf(JSON.stringify({ ...restore, events }))
  return sliceOf(slice, [{ ...event, frame, start: 0, end: frame.text.length }])
}

/** What was held and is released has come along with its moderator. */
function givesBack({ kind, flags }: SliceEvent): boolean {
  return kind === RESTORE && (flags & FLAG.released) === 0
}
