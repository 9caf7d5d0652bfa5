import { type ArchiveRecord, eventKey, gapKey } from '../record.ts'
import type { Rows } from '../rows.ts'

/** A row of the table of events; pg gives a bigint as text. */
export interface EventRow {
  seq: string | null
  text: string
}

/** Rows that have been read. No sum stands beside them: the database looks after its own pages. */
export class ReadRows implements Rows {
  readonly #rows: readonly EventRow[]

  constructor(rows: readonly EventRow[]) {
    this.#rows = rows
  }

  get length(): number {
    return this.#rows.length
  }

  record(row: number): ArchiveRecord | null {
    const found = this.#rows[row]
    if (found === undefined) return null
    return { _id: found.seq === null ? gapKey(0, row) : eventKey(Number(found.seq)), crc: 0, text: found.text }
  }

  /** Which blocks may hold it was known before these were read. */
  holding(): { rows: Iterable<number>; cost: number } {
    return { rows: this.#rows.keys(), cost: 0 }
  }
}
