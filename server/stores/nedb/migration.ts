import type { Document } from '../../../workers/keeping/lines.ts'

/** One step from a form of the data folder to the next one. Steps lead forward only; what is released stays as it is. */
export interface Migration {
  /** The form that it leads to: 2 for the first, then one more each. */
  to: number
  /** For the log. */
  does: string
  /** Which files it rewrites, by path with `/`: tables in the folder itself, transcripts below `archive/`. */
  touches(path: string): boolean
  /** A document in its new form. One that has it already is given back as it is. */
  change(document: Document, path: string): Document
}

/** THE REGISTER: one line a step, in their order. */
export const MIGRATIONS: readonly Migration[] = []
