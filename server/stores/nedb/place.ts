import { join } from 'node:path'
import type { Space } from '../../../workers/keeping/space.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'

/** Where the embedded driver keeps its files, and what each of them is handed. */
export interface Place {
  folder: string
  space: Space
  note: Note
  /** Milliseconds since 1970. */
  now: () => number
  file(name: string): { path: string; space: Space; note: Note }
}

export function makePlace(folder: string, space: Space, note: Note, now: () => number): Place {
  return { folder, space, note, now, file: (name) => ({ path: join(folder, `${name}.db`), space, note }) }
}
