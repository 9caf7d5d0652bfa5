import type { ChatEvent } from '../message.ts'
import { BadRequest } from './bad-request.ts'
import { type ArchiveRecord, eventKey, seal } from './record.ts'
import type { Batch } from './words.ts'

/** Events of one batch; the ring's reader never takes out more at once. */
export const MAX_BATCH = 5_000

/** A record on its way into a segment, with what it says. */
export interface Incoming {
  record: ArchiveRecord
  seq: number
  event: ChatEvent
}

/** Takes a batch apart. Throws BadRequest when it is not what the worker makes; then nothing of it may be kept. */
export function unpack(batch: Batch): Incoming[] {
  const { bytes, ends, seqs } = batch
  if (ends.length !== seqs.length) throw new BadRequest('A batch needs one end and one seq an event.')
  if (ends.length > MAX_BATCH) throw new BadRequest(`A batch holds at most ${MAX_BATCH} events, got ${ends.length}.`)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const incoming = new Map<number, Incoming>()
  let start = 0
  for (const [nth, end] of ends.entries()) {
    const one = unpackOne(buffer.toString('utf8', start, end), seqs[nth] ?? -1)
    incoming.set(one.seq, one)
    start = end
  }
  return [...incoming.values()].sort((a, b) => a.seq - b.seq)
}

function unpackOne(text: string, seq: number): Incoming {
  const event = eventOf(text)
  if (!Number.isSafeInteger(seq) || seq < 1 || event?.seq !== seq) {
    throw new BadRequest(`A batch says seq ${seq} where its event says ${event?.seq}.`)
  }
  return { record: seal(eventKey(seq), text), seq, event }
}

function eventOf(text: string): ChatEvent | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
