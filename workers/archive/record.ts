import { crc32 } from 'node:zlib'
import type { ChatEvent } from '../message.ts'
import type { Gap } from './words.ts'

/**
 * One record of a segment as NeDB keeps it. `_id` is its place in the order, `text` the JSON text of an event exactly as
 * the worker encoded it, of a gap, or of the head. As text it is neither taken apart nor copied on its way to the disk,
 * and no field name of it becomes one of NeDB's.
 */
export interface ArchiveRecord {
  _id: string
  /** CRC-32 of `_id` and `text`: NeDB does not notice a flipped byte inside a string. */
  crc: number
  text: string
}

/** Digits of a seq in `_id`: enough for every safe integer, so that the order of texts is the order of numbers. */
const SEQ_DIGITS = 16
const NTH_DIGITS = 5
/** Sorts before all digits. */
export const HEAD_KEY = '#head'

/** First record of a segment. */
export interface Head {
  epoch: string
}

export function seal(key: string, text: string): ArchiveRecord {
  return { _id: key, crc: checksum(key, text), text }
}

export function isSound(record: ArchiveRecord): boolean {
  return typeof record.text === 'string' && record.crc === checksum(record._id, record.text)
}

/** What a sound record holds. */
export function contentOf(record: ArchiveRecord): ChatEvent | Gap {
  return JSON.parse(record.text)
}

export function headOf(record: ArchiveRecord): Head {
  return JSON.parse(record.text)
}

export function eventKey(seq: number): string {
  return String(seq).padStart(SEQ_DIGITS, '0')
}

/** Sorts behind the event with that seq and before the next; `nth` keeps several apart and in order. */
export function gapKey(seq: number, nth: number): string {
  return `${eventKey(seq)}+${String(nth).padStart(NTH_DIGITS, '0')}`
}

/** Whether it is a gap's, or that of a record that a fault destroyed. */
export function isGapKey(key: string): boolean {
  return key.length > SEQ_DIGITS
}

/** The place of a record that a fault destroyed: behind the sound one before it. */
export function damagedKey(after: string | null, nth: number): string {
  return `${after === null || after === HEAD_KEY ? eventKey(0) : after}~${String(nth).padStart(NTH_DIGITS, '0')}`
}

/** The seq of an event's record; of a gap's, the one it follows. */
export function seqOf(key: string): number {
  return Number(key.slice(0, SEQ_DIGITS))
}

export function damagedGap(at: number): Gap {
  return { kind: 'gap', count: 1, at, reason: 'damaged' }
}

/** Our clock for events, so that gaps and events of one transcript compare. */
export function timeOf(content: ChatEvent | Gap): number {
  return content.kind === 'gap' ? content.at : content.receivedAt
}

function checksum(key: string, text: string): number {
  return crc32(text, crc32(key))
}
