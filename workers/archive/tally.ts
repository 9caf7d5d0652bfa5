import type { ChatEvent } from '../message.ts'
import { counts } from './filter.ts'
import { type ArchiveRecord, contentOf, headOf, seqOf, timeOf } from './record.ts'
import { type Mark, markOf } from './removals.ts'
import type { Rows } from './rows.ts'
import type { Gap } from './words.ts'

/** What a stream must know of one of its segments without reading it again. */
export interface Tally {
  /** Null until the first record; empty when a fault destroyed it, so that no epoch goes on here. */
  epoch: string | null
  /** Lowest and highest seq; 0 while there is no event. */
  first: number
  last: number
  /** Our clock, ms. */
  firstAt: number
  lastAt: number
  rows: number
  /** Messages and notices. */
  messages: number
  marks: Mark[]
}

export function emptyTally(): Tally {
  return { epoch: null, first: 0, last: 0, firstAt: 0, lastAt: 0, rows: 0, messages: 0, marks: [] }
}

/** Counts one more record; called in the order of the segment. */
export function tallyUp(tally: Tally, key: string, content: ChatEvent | Gap): void {
  if (tally.firstAt === 0) tally.firstAt = timeOf(content)
  tally.lastAt = Math.max(tally.lastAt, timeOf(content))
  if (content.kind !== 'gap') countEvent(tally, seqOf(key), content)
  tally.rows += 1
}

export function tallyOf(head: ArchiveRecord | null, rows: Rows): Tally {
  const tally = emptyTally()
  tally.epoch = head === null ? '' : headOf(head).epoch
  for (let row = 0; row < rows.length; row += 1) {
    const record = rows.record(row)
    if (record === null) tally.rows += 1
    else tallyUp(tally, record._id, contentOf(record))
  }
  return tally
}

function countEvent(tally: Tally, seq: number, event: ChatEvent): void {
  if (tally.first === 0) tally.first = seq
  tally.last = Math.max(tally.last, seq)
  if (counts(event)) tally.messages += 1
  const mark = markOf(event, tally.rows)
  if (mark !== null) tally.marks.push(mark)
}
