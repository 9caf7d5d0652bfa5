import { RECORD_HEAD, recordSize, writeHead } from '../../workers/queue/record.ts'

/** A record whose body is `length` bytes made from its seq, so that a reader can check every byte. */
export function madeRecord(seq: number, length: number, channel = 1): Uint8Array {
  const record = new Uint8Array(recordSize(length))
  const head = { seq, id: seq + 0.5, author: 0, target: 0, channel, job: 0, kind: 0, flags: 0, platform: 0, at: 0 }
  writeHead(new DataView(record.buffer), 0, head, length)
  for (let i = 0; i < length; i++) record[RECORD_HEAD + i] = bodyByte(seq, i)
  return record
}

export function bodyByte(seq: number, index: number): number {
  return (seq * 31 + index * 7) & 0xff
}

export function joined(records: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(records))
}
