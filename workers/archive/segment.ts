import { Datafile } from '../keeping/datafile.ts'
import type { Space } from '../keeping/space.ts'
import type { Note } from '../keeping/storage-error.ts'
import { segmentPath } from './paths.ts'
import {
  type ArchiveRecord,
  contentOf,
  damagedGap,
  damagedKey,
  eventKey,
  gapKey,
  HEAD_KEY,
  isSound,
  seal,
  timeOf,
} from './record.ts'
import { OpenRows } from './rows.ts'
import { type Tally, tallyOf, tallyUp } from './tally.ts'
import type { Incoming } from './unpack.ts'
import type { Gap } from './words.ts'

/** Records of one segment at most; so much of a stream, and no more, is in memory while it is written. */
export const SEGMENT_EVENTS = 5_000
/** Bytes after which the next batch begins a new segment. */
export const SEGMENT_BYTES = 8 * 1024 * 1024

/** The segment being written: a NeDB datafile that is only ever appended to, with its keys in order. */
export class Segment {
  readonly number: number
  readonly #file: Datafile<ArchiveRecord>
  #tally: Tally

  private constructor(number: number, file: Datafile<ArchiveRecord>, tally: Tally) {
    this.number = number
    this.#file = file
    this.#tally = tally
  }

  /** Begins a segment, or repairs and loads one that a crash left open. */
  static async open(folder: string, number: number, space: Space, note: Note): Promise<Segment> {
    const path = segmentPath(folder, number)
    const file = await Datafile.open<ArchiveRecord>({ path, space, note, sound: isSound, instead })
    const records = await file.read((engine) => engine.getAllData())
    const head = records.find((record) => record._id === HEAD_KEY) ?? null
    const tally = tallyOf(head, new OpenRows(records))
    if (records.length === 0) tally.epoch = null
    return new Segment(number, file, tally)
  }

  get tally(): Tally {
    return this.#tally
  }
  get bytes(): number {
    return this.#file.size
  }

  /** Whether these events can follow here: same epoch, behind all that stands, and room for them. */
  takes(epoch: string, records: number, firstSeq: number): boolean {
    if (this.#tally.epoch === null) return true
    const room = this.#tally.rows + records <= SEGMENT_EVENTS && this.bytes < SEGMENT_BYTES
    return room && this.#tally.epoch === epoch && firstSeq > this.#tally.last
  }

  /** All of them are in the file when it resolves, none when it rejects. */
  async append(epoch: string, incoming: Incoming[]): Promise<void> {
    await this.#insert(
      epoch,
      incoming.map(({ record }) => record),
    )
    for (const { record, event } of incoming) tallyUp(this.#tally, record._id, event)
  }

  async gap(epoch: string, gap: Gap): Promise<void> {
    const record = seal(gapKey(this.#tally.last, this.#tally.rows), JSON.stringify(gap))
    await this.#insert(epoch, [record])
    tallyUp(this.#tally, record._id, gap)
  }

  /** Which of these seqs stand here already. */
  async holds(seqs: number[]): Promise<Set<number>> {
    const keys = seqs.filter((seq) => seq <= this.#tally.last).map(eventKey)
    if (keys.length === 0) return new Set()
    const found = await this.#file.read(async (engine) => engine.find({ _id: { $in: keys } }))
    return new Set(found.map((record) => Number(record._id)))
  }

  rows(): Promise<OpenRows> {
    return this.#file.read((engine) => new OpenRows(engine.getAllData()))
  }

  sync(): Promise<void> {
    return this.#file.sync()
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #insert(epoch: string, records: ArchiveRecord[]): Promise<void> {
    const head = this.#tally.epoch === null ? [seal(HEAD_KEY, JSON.stringify({ epoch }))] : []
    await this.#file.write((engine) => engine.insertMany([...head, ...records]))
    this.#tally.epoch ??= epoch
  }
}

/** A damaged record leaves a gap where it stood; a damaged head, one whose epoch nobody goes on with. */
function instead(after: ArchiveRecord | null, nth: number): ArchiveRecord {
  if (after === null) return seal(HEAD_KEY, JSON.stringify({ epoch: '' }))
  const at = after._id === HEAD_KEY ? 0 : timeOf(contentOf(after))
  return seal(damagedKey(after._id, nth), JSON.stringify(damagedGap(at)))
}
