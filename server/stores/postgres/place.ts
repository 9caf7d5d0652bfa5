import type { Database } from '../../../workers/keeping/database.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'

/** Where the driver keeps its tables, and what each of them is handed. */
export interface Place {
  database: Database
  note: Note
  /** Milliseconds since 1970. */
  now: () => number
}
