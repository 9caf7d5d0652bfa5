import { isTerminated, type Piece, parse, pieces } from '../keeping/lines.ts'
import type { ChatEvent } from '../message.ts'
import { placesOf } from './needle.ts'
import { type ArchiveRecord, contentOf, damagedGap, HEAD_KEY, isSound, timeOf } from './record.ts'
import type { Gap } from './words.ts'

/** The records of one segment in order, its head left out. Each is read when asked for. */
export interface Rows {
  readonly length: number
  /** Null for a record that a fault destroyed. */
  record(row: number): ArchiveRecord | null
  /** The rows of which some may hold the needle, in order, and what it cost to know them, in rows read. */
  holding(needle: string): { rows: Iterable<number>; cost: number }
}
/** Bytes that are looked through for a needle in the time in which one row is read. */
const BYTES_A_ROW = 4_096

/** A record's event or gap; a gap with reason `damaged` where the record cannot be trusted. */
export function contentAt(rows: Rows, row: number): ChatEvent | Gap {
  const record = rows.record(row)
  return record === null ? damagedAt(rows, row) : contentOf(record)
}

/** The same, and its JSON. */
export function entryAt(rows: Rows, row: number): { content: ChatEvent | Gap; text: string } {
  const record = rows.record(row)
  if (record !== null) return { content: contentOf(record), text: record.text }
  const content = damagedAt(rows, row)
  return { content, text: JSON.stringify(content) }
}

function damagedAt(rows: Rows, row: number): Gap {
  for (let before = row - 1; before >= 0; before -= 1) {
    const sound = rows.record(before)
    if (sound !== null) return damagedGap(timeOf(contentOf(sound)))
  }
  return damagedGap(0)
}

/** Rows of a closed segment: its bytes, taken apart by line and parsed on demand. Nothing is rewritten. */
export class FileRows implements Rows {
  readonly #bytes: Buffer
  #taken: Lines | null = null

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get length(): number {
    return this.#lines().length
  }

  holding(needle: string): { rows: Iterable<number>; cost: number } {
    const cost = Math.ceil(this.#bytes.length / BYTES_A_ROW)
    const places = placesOf(this.#bytes, needle)
    return { rows: places.length === 0 ? [] : rowsAt(this.#lines(), places), cost }
  }

  /** Taken apart when the first row is asked for: a search passes most segments by. */
  #lines(): Lines {
    this.#taken ??= new Lines(this.#rowPieces())
    return this.#taken
  }

  #rowPieces(): Piece[] {
    // The first line is the head, also when it is damaged.
    const taken = pieces(this.#bytes).slice(1)
    const last = taken.at(-1)
    // A torn tail was never acknowledged, so nothing is missing there.
    if (last !== undefined && !isTerminated(this.#bytes) && parse(this.#bytes, last) === null) taken.pop()
    return taken
  }

  record(row: number): ArchiveRecord | null {
    const piece = this.#lines().at(row)
    const parsed = piece === null ? null : parse<ArchiveRecord>(this.#bytes, piece)
    if (parsed?.kind !== 'document') return null
    return isSound(parsed.document) ? parsed.document : null
  }
}

/** Where the lines of a segment stand, in an eighth of the memory of their pieces: it stands as long as the segment does. */
class Lines {
  readonly #starts: Uint32Array
  readonly #ends: Uint32Array

  constructor(taken: readonly Piece[]) {
    this.#starts = Uint32Array.from(taken, ({ start }) => start)
    this.#ends = Uint32Array.from(taken, ({ end }) => end)
  }

  get length(): number {
    return this.#starts.length
  }

  at(line: number): Piece | null {
    const [start, end] = [this.#starts[line], this.#ends[line]]
    return start === undefined || end === undefined ? null : { start, end }
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

  holding(): { rows: Iterable<number>; cost: number } {
    return { rows: this.#records.keys(), cost: 0 }
  }
}

/** The rows in which these places lie; both are in order. */
function rowsAt(lines: Lines, places: readonly number[]): number[] {
  const rows: number[] = []
  let row = 0
  let line = lines.at(row)
  for (const place of places) {
    while (line !== null && line.end <= place) {
      row += 1
      line = lines.at(row)
    }
    if (line !== null && line.start <= place && rows.at(-1) !== row) rows.push(row)
  }
  return rows
}
