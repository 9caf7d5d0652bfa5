import type { Note } from '../keeping/storage-error.ts'
import { type Closed, readCatalogue } from './catalogue.ts'
import { readMarks } from './marks.ts'
import { marksPath, segmentPath, segmentsIn } from './paths.ts'
import { Removals } from './removals.ts'
import type { Shelf } from './shelf.ts'
import { tallyOf } from './tally.ts'
import type { View } from './transcript.ts'

/** Streams nobody writes whose removals stay in memory for the next page, and removals of all of them together. */
export const READ_STREAMS = 16
export const READ_REMOVALS = 200_000

/** Views of streams that nobody writes. Reads files only; makes and changes none. */
export class Reader {
  readonly #views = new Map<string, View>()
  readonly #shelf: Shelf
  readonly #note: Note

  constructor(shelf: Shelf, note: Note) {
    this.#shelf = shelf
    this.#note = note
  }

  async view(folder: string): Promise<View> {
    const view = this.#views.get(folder) ?? (await this.#make(folder))
    this.#views.delete(folder)
    this.#views.set(folder, view)
    this.#trim()
    return view
  }

  /** For a stream whose files are about to change. */
  forget(folder: string): void {
    this.#views.delete(folder)
    this.#shelf.forget(folder)
  }

  async #make(folder: string): Promise<View> {
    const segments = await segmentsIn(folder)
    const closed = segments.length === 0 ? new Map<number, Closed>() : await readCatalogue(folder, this.#note)
    const removals = new Removals()
    for (const segment of segments) {
      await addRemovals(removals, folder, segment, closed.get(segment), this.#shelf, this.#note)
    }
    return { segments, removals, read: (segment, task) => this.#shelf.read(segmentPath(folder, segment), task) }
  }

  /** The newest view stays, however large. */
  #trim(): void {
    let removals = 0
    let views = 0
    for (const [folder, view] of [...this.#views].reverse()) {
      removals += view.removals.size
      views += 1
      if (views > 1 && (views > READ_STREAMS || removals > READ_REMOVALS)) this.#views.delete(folder)
    }
  }
}

/** From the marks beside a closed segment; from the segment itself where these are missing or damaged. */
export async function addRemovals(
  removals: Removals,
  folder: string,
  segment: number,
  closed: Closed | undefined,
  shelf: Shelf,
  note: Note,
): Promise<void> {
  const kept = closed === undefined ? null : await readMarks(marksPath(folder, segment), closed.removals, note)
  const marks = kept ?? (await shelf.read(segmentPath(folder, segment), (rows) => tallyOf(null, rows))).marks
  for (const mark of marks) removals.add(segment, mark)
}
