import { Datafile } from '../keeping/datafile.ts'
import { readDocuments } from '../keeping/repair.ts'
import type { Space } from '../keeping/space.ts'
import type { Note } from '../keeping/storage-error.ts'
import { indexPath, segmentKey } from './paths.ts'
import { type ArchiveRecord, isSound, seal } from './record.ts'
import type { Tally } from './tally.ts'

/** A closed segment as `index.db` keeps it. An entry that is missing or damaged is made anew from its segment. */
export interface Closed extends Omit<Tally, 'marks'> {
  /** How many marks stand in `NNNN.marks.db`. */
  removals: number
}

/** The closed segments of one stream. */
export class Catalogue {
  readonly #file: Datafile<ArchiveRecord>
  readonly #closed = new Map<number, Closed>()
  /** In order. */
  readonly numbers: number[] = []
  /** Messages and notices of all closed segments. */
  messages = 0

  private constructor(file: Datafile<ArchiveRecord>) {
    this.#file = file
  }

  static async open(folder: string, space: Space, note: Note): Promise<Catalogue> {
    const file = await Datafile.open<ArchiveRecord>({ path: indexPath(folder), space, note, sound: isSound })
    const catalogue = new Catalogue(file)
    const entries = entriesOf(await file.read((engine) => engine.getAllData()))
    for (const [segment, closed] of entries) catalogue.#count(segment, closed)
    return catalogue
  }

  get(segment: number): Closed | undefined {
    return this.#closed.get(segment)
  }

  /** On the disk when it resolves. */
  async add(segment: number, tally: Tally): Promise<void> {
    const { marks, ...rest } = tally
    const closed: Closed = { ...rest, removals: marks.length }
    const record = seal(segmentKey(segment), JSON.stringify(closed))
    await this.#file.write((engine) => engine.update({ _id: record._id }, record, { upsert: true }))
    await this.#file.sync()
    this.#count(segment, closed)
  }

  #count(segment: number, closed: Closed): void {
    this.messages += closed.messages - (this.#closed.get(segment)?.messages ?? 0)
    if (!this.#closed.has(segment)) this.numbers.push(segment)
    this.numbers.sort((a, b) => a - b)
    this.#closed.set(segment, closed)
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

/** The same of a stream that nobody writes; changes nothing. */
export async function readCatalogue(folder: string, note: Note): Promise<Map<number, Closed>> {
  const rules = { path: indexPath(folder), note, sound: isSound }
  return entriesOf(await readDocuments<ArchiveRecord>(rules, Number.POSITIVE_INFINITY))
}

function entriesOf(records: ArchiveRecord[]): Map<number, Closed> {
  return new Map(records.map((record) => [Number(record._id), JSON.parse(record.text)]))
}
