import type { Slice, SliceEvent } from './slice.ts'
import type { ArchiveBatch } from './stores/archive.ts'

/** The slices' events back to back, in buffers of their own that can go to the archive's thread. */
export function toBatch(streamId: string, epoch: string, slices: Slice[]): ArchiveBatch {
  const each = slices.flatMap(({ frame, events }) => events.map((event): [Buffer, SliceEvent] => [frame.text, event]))
  const ends = new Uint32Array(each.length)
  const seqs = new Float64Array(each.length)
  const bytes = new Uint8Array(each.reduce((sum, [, { start, end }]) => sum + end - start, 0))
  let at = 0
  each.forEach(([text, { seq, start, end }], index) => {
    bytes.set(text.subarray(start, end), at)
    at += end - start
    ends[index] = at
    seqs[index] = seq
  })
  return { streamId, epoch, bytes, ends, seqs }
}
