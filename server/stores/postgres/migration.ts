import { RECORDS } from './migrations/1-records.ts'
import { TRANSCRIPTS } from './migrations/2-transcripts.ts'

/** One step from a form of the database to the next one. Steps lead forward only; what is released stays as it is. */
export interface Migration {
  /** The form that it leads to: 1 for the first, then one more each. */
  to: number
  /** For the log. */
  does: string
  /** Statements that one transaction runs. */
  sql: string
}

/** THE REGISTER: one line a step, in their order. */
export const MIGRATIONS: readonly Migration[] = [
  { to: 1, does: 'makes the tables of records', sql: RECORDS },
  { to: 2, does: 'makes the tables of transcripts', sql: TRANSCRIPTS },
]
