import { monotonic } from '../../../workers/queue/layout.ts'
import { blankFrame } from '../../frame.ts'
import type { Slice, SliceEvent } from '../../slice.ts'

/**
 * A slice as it stands in a stream: its text as it is, and of each event what its record in the ring said.
 *
 *    0 seq f64   8 id f64   16 author f64   24 target f64   32 at f64 (wall clock, ms)
 *   40 start u32   44 end u32   48 kind u8   49 flags u8   50 platform u16   52 –
 *   56 the next one
 */
const HEAD_BYTES = 56

export function headsOf({ events }: Slice): Buffer {
  const heads = Buffer.alloc(events.length * HEAD_BYTES)
  const zero = wallZero()
  events.forEach((event, nth) => {
    const base = nth * HEAD_BYTES
    heads.writeDoubleLE(event.seq, base)
    heads.writeDoubleLE(event.id, base + 8)
    heads.writeDoubleLE(event.author, base + 16)
    heads.writeDoubleLE(event.target, base + 24)
    heads.writeDoubleLE(event.at + zero, base + 32)
    heads.writeUInt32LE(event.start, base + 40)
    heads.writeUInt32LE(event.end, base + 44)
    heads.writeUInt8(event.kind, base + 48)
    heads.writeUInt8(event.flags, base + 49)
    heads.writeUInt16LE(event.platform, base + 50)
  })
  return heads
}

/** Throws RangeError for what is no slice. */
export function sliceFrom(channelId: string, epoch: string, heads: Buffer, text: Buffer): Slice {
  if (heads.length === 0 || heads.length % HEAD_BYTES !== 0) throw new RangeError('The heads of a slice are not whole.')
  const frame = blankFrame(text.length)
  text.copy(frame.text)
  const zero = wallZero()
  const events = Array.from({ length: heads.length / HEAD_BYTES }, (_, nth): SliceEvent => {
    const base = nth * HEAD_BYTES
    const end = heads.readUInt32LE(base + 44)
    if (end > text.length) throw new RangeError('An event ends behind its slice.')
    return {
      seq: heads.readDoubleLE(base),
      id: heads.readDoubleLE(base + 8),
      author: heads.readDoubleLE(base + 16),
      target: heads.readDoubleLE(base + 24),
      at: heads.readDoubleLE(base + 32) - zero,
      start: heads.readUInt32LE(base + 40),
      end,
      kind: heads.readUInt8(base + 48),
      flags: heads.readUInt8(base + 49),
      platform: heads.readUInt16LE(base + 50),
    }
  })
  return { channelId, epoch, frame, events }
}

/** The wall clock's time at 0 of the clock that events are stamped with. */
function wallZero(): number {
  return Date.now() - monotonic()
}
