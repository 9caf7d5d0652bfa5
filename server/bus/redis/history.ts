import type { Reply } from '../../redis/link.ts'
import { bytesOf, entriesOf, listOf, type StreamEntry, textOf } from '../../redis/reply.ts'
import { lastOf, type Slice } from '../../slice.ts'
import type { History } from '../bus.ts'
import { sliceFrom } from './entry.ts'

const BEGINNING = '0-0'

/** A stream as it was at one moment, and from where it is read on. */
export interface Snapshot {
  history: History
  /** Of the stream, and of its state. */
  id: string
  stateId: string
}

export function snapshotOf(channelId: string, reply: Reply): Snapshot {
  const [meta, stream, states, now] = listOf(reply)
  const [epoch = null, seq = null, beforeEpoch = null, beforeSeq = null] = listOf(meta)
  const entries = entriesOf(stream)
  const [state] = entriesOf(states)
  // Redis stamped each entry by its own clock; how long ago that was holds on any.
  const zero = performance.now() - Number(textOf(now))
  const slices = entries.flatMap((entry) => {
    const slice = sliceOf(channelId, entry)
    return slice === null ? [] : [{ slice, arrived: zero + Number(entry.id.split('-')[0]) }]
  })
  const ends = new Map(slices.map(({ slice }) => [slice.epoch, lastOf(slice)]))
  if (beforeEpoch !== null) ends.set(textOf(beforeEpoch), Number(textOf(beforeSeq)))
  if (epoch !== null) ends.delete(textOf(epoch))
  return {
    history: {
      epoch: epoch === null ? null : textOf(epoch),
      seq: seq === null ? 0 : Number(textOf(seq)),
      slices,
      ends,
      state: state === undefined ? null : textOf(state.fields.get('state')),
    },
    id: entries.at(-1)?.id ?? BEGINNING,
    stateId: state?.id ?? BEGINNING,
  }
}

/** Null for an entry that says only that a tenure begins. */
export function sliceOf(channelId: string, { fields }: StreamEntry): Slice | null {
  if (fields.has('begin')) return null
  const epoch = bytesOf(fields.get('epoch')).toString()
  return sliceFrom(channelId, epoch, bytesOf(fields.get('heads')), bytesOf(fields.get('text')))
}
