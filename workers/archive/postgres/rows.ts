import type { Database } from '../../keeping/database.ts'
import type { ChatEvent } from '../../message.ts'
import { type ArchiveRecord, eventKey, gapKey } from '../record.ts'
import type { Rows } from '../rows.ts'
import type { Gap } from '../words.ts'

const ROWS = 'SELECT seq, text FROM crosschat.events WHERE stream = $1 AND row >= $2 AND row < $3 ORDER BY row'

/** A row of the table of events; pg gives a bigint as text. */
export interface EventRow {
  seq: string | null
  text: string
}

export async function rowsOf(database: Database, n: number, from: number, until: number): Promise<EventRow[]> {
  return database.rows<EventRow>({ text: ROWS, values: [n, from, until] })
}

export function contentsOf(rows: readonly EventRow[]): (ChatEvent | Gap)[] {
  return rows.map(({ text }): ChatEvent | Gap => JSON.parse(text))
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
