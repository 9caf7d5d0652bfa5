import { RECORD_HEAD, type RecordCursor, recordSize, writeHead } from '../../../workers/queue/record.ts'
import { seeded } from '../../../workers/random.ts'
import type { Shape } from './plan.ts'

/**
 * Records whose every byte follows from who wrote them and their seq, so that the reading side can make the same one
 * and compare. Bodies are windows of one shared block of noise: made by one copy, checked by one comparison.
 */

const WINDOWS = 65_536

/** Noise for bodies of up to `largest` bytes. */
export function makeNoise(largest: number): SharedArrayBuffer {
  const noise = new SharedArrayBuffer(largest + WINDOWS)
  const bytes = new Uint8Array(noise)
  const random = seeded(1)
  for (let i = 0; i < bytes.length; i++) bytes[i] = random() * 256
  return noise
}

/** A number from 0 to 2^32 - 1 that spreads evenly over writers and seqs. */
function mixed(owner: number, seq: number): number {
  let mix = Math.imul(owner, 0x9e3779b1) ^ Math.imul(seq, 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 15), 0x2c1b3c6d)
  return (mix ^ (mix >>> 13)) >>> 0
}

export function bodyLength(owner: number, seq: number, { largest, skew }: Shape): number {
  return 1 + Math.floor((mixed(owner, seq) / 2 ** 32) ** skew * (largest - 1))
}

export function body(noise: Uint8Array, owner: number, seq: number, length: number): Uint8Array {
  const from = mixed(seq, owner) % WINDOWS
  return noise.subarray(from, from + length)
}

/** Puts the record at `at`; returns where the next one goes. */
export function putRecord(
  target: { bytes: Uint8Array; view: DataView },
  at: number,
  noise: Uint8Array,
  owner: number,
  seq: number,
  shape: Shape,
): number {
  const length = bodyLength(owner, seq, shape)
  const head = { seq, id: seq + 0.5, author: owner, target: -seq, channel: owner, job: seq, at: seq * 2 }
  writeHead(target.view, at, { ...head, kind: seq & 3, flags: seq & 7, platform: seq & 0xffff }, length)
  target.bytes.set(body(noise, owner, seq, length), at + RECORD_HEAD)
  return at + recordSize(length)
}

/** Whether the record is, byte for byte, the one its writer made. */
export function isWhole(record: RecordCursor, noise: Uint8Array, shape: Shape): boolean {
  const { seq, channel: owner, length } = record
  if (length !== bodyLength(owner, seq, shape)) return false
  const head = record.id === seq + 0.5 && record.author === owner && record.target === -seq && record.at === seq * 2
  const rest = record.job === seq && record.kind === (seq & 3) && record.flags === (seq & 7)
  if (!head || !rest || record.platform !== (seq & 0xffff)) return false
  return record.bytes.subarray(record.start, record.start + length).equals(body(noise, owner, seq, length))
}
