import { isTerminated, type Piece, parse, pieces } from '../keeping/lines.ts'
import type { ChatEvent } from '../message.ts'
import { type ArchiveRecord, contentOf, damagedGap, HEAD_KEY, isSound, timeOf } from './record.ts'
import type { Gap } from './words.ts'

/** The records of one segment in order, its head left out. Each is read when asked for. */
export interface Rows {
  readonly length: number
  /** Null for a record that a fault destroyed. */
  record(row: number): ArchiveRecord | null
}

/** A record's event or gap; a gap with reason `damaged` where the record cannot be trusted. */
export function contentAt(rows: Rows, row: number): ChatEvent | Gap {
  const record = rows.record(row)
  if (record !== null) return contentOf(record)
  for (let before = row - 1; before >= 0; before -= 1) {
    const sound = rows.record(before)
    if (sound !== null) return damagedGap(timeOf(contentOf(sound)))
  }
  return damagedGap(0)
}

/** Rows of a closed segment: its bytes, taken apart by line and parsed on demand. Nothing is rewritten. */
export class FileRows implements Rows {
  readonly #bytes: Buffer
  readonly #pieces: Piece[]

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    // The first line is the head, also when it is damaged.
    this.#pieces = pieces(bytes).slice(1)
    const last = this.#pieces.at(-1)
    // A torn tail was never acknowledged, so nothing is missing there.
    if (last !== undefined && !isTerminated(bytes) && parse(bytes, last) === null) this.#pieces.pop()
  }

  get length(): number {
    return this.#pieces.length
  }

  record(row: number): ArchiveRecord | null {
    const piece = this.#pieces[row]
    const parsed = piece === undefined ? null : parse<ArchiveRecord>(this.#bytes, piece)
    if (parsed?.kind !== 'document') return null
    return isSound(parsed.document) ? parsed.document : null
  }
}

/** Rows of the segment being written, as NeDB holds them. */
export class OpenRows implements Rows {
  readonly #records: ArchiveRecord[]

  constructor(records: ArchiveRecord[]) {
    this.#records = records[0]?._id === HEAD_KEY ? records.slice(1) : records
  }

  get length(): number {
    return this.#records.length
  }

  record(row: number): ArchiveRecord | null {
    return this.#records[row] ?? null
  }
}
