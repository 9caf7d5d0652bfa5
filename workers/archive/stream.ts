import { setImmediate } from 'node:timers/promises'
import type { Person } from '../erased.ts'
import { makeFolder } from '../keeping/files.ts'
import type { Space } from '../keeping/space.ts'
import type { Note } from '../keeping/storage-error.ts'
import { Catalogue } from './catalogue.ts'
import { eraseAsides, eraseFrom, fileMentions } from './erase.ts'
import { HeldBefore } from './held-before.ts'
import { writeMarks } from './marks.ts'
import { marksPath, segmentPath, segmentsIn } from './paths.ts'
import { addRemovals } from './reader.ts'
import { RecentEvents } from './recent.ts'
import { contentOf, isGapKey, seqOf } from './record.ts'
import { markOf, Removals } from './removals.ts'
import { contentAt, type Rows } from './rows.ts'
import { Segment } from './segment.ts'
import type { Shelf } from './shelf.ts'
import { tallyOf } from './tally.ts'
import type { View } from './transcript.ts'
import { type Incoming, unpack } from './unpack.ts'
import type { Batch, Gap, Kept, Recent } from './words.ts'

/** What every stream of one archive shares. */
export interface Shared {
  space: Space
  note: Note
  shelf: Shelf
}

/**
 * One stream being written: its closed segments, known by their catalogue, and the one being written, in memory. Calls
 * must not overlap; `Archive` makes them take turns.
 */
export class OpenStream {
  readonly #folder: string
  readonly #shared: Shared
  readonly #catalogue: Catalogue
  #current: Segment | null = null
  /** Read with the first page, kept up to date from then on. */
  #removals: Removals | null = null

  private constructor(folder: string, shared: Shared, catalogue: Catalogue) {
    this.#folder = folder
    this.#shared = shared
    this.#catalogue = catalogue
  }

  /** Costs the catalogue and the last segment, however long the stream is. */
  static async open(folder: string, shared: Shared): Promise<OpenStream> {
    await makeFolder(folder)
    const stream = new OpenStream(folder, shared, await Catalogue.open(folder, shared.space, shared.note))
    const segments = await segmentsIn(folder)
    const last = segments.at(-1)
    for (const segment of segments) {
      if (stream.#catalogue.get(segment) !== undefined) continue
      if (segment === last) stream.#current = await Segment.open(folder, segment, shared.space, shared.note)
      else await stream.#catalogueAgain(segment)
    }
    return stream
  }

  get messages(): number {
    return this.#catalogue.messages + (this.#current?.tally.messages ?? 0)
  }
  /** Bytes of the segment in memory. */
  get bytes(): number {
    return this.#current?.bytes ?? 0
  }

  /** Events that stand already are not written again. */
  async append(batch: Batch): Promise<void> {
    const fresh = await this.#fresh(unpack(batch), batch.epoch)
    const first = fresh[0]
    if (first === undefined) return
    const segment = await this.#segmentFor(batch.epoch, fresh.length, first.seq)
    const row = segment.tally.rows
    await segment.append(batch.epoch, fresh)
    this.#addRemovals(segment.number, row, fresh)
  }

  async gap(epoch: string, gap: Gap): Promise<void> {
    const segment = await this.#segmentFor(epoch, 1, Number.POSITIVE_INFINITY)
    await segment.gap(epoch, gap)
  }

  /** Of the newest events, at most `limit`: their ids, oldest first, and what of them was held. */
  async newest(limit: number): Promise<{ ids: string[]; held: HeldBefore['events'] }> {
    const ids: string[] = []
    const held = new HeldBefore(Date.now())
    if (this.#current !== null) collect(await this.#current.rows(), ids, held, limit)
    for (const segment of this.#catalogue.numbers.toReversed()) {
      if (ids.length >= limit) break
      await this.#read(segment, (rows) => collect(rows, ids, held, limit))
    }
    return { ids: ids.reverse(), held: held.events }
  }

  async recent(events: number, bytes: number): Promise<Recent> {
    const recent = new RecentEvents(events, bytes)
    const current = this.#current
    if (current !== null) recent.add(await current.rows(), current.tally.epoch ?? '')
    for (const segment of this.#catalogue.numbers.toReversed()) {
      if (recent.full) break
      const epoch = this.#catalogue.get(segment)?.epoch ?? ''
      await this.#read(segment, (rows) => recent.add(rows, epoch))
    }
    return recent.given()
  }

  /** Row by row in place; what is written next begins a new segment. */
  async erase(person: Person): Promise<{ events: number; names: string[] }> {
    await this.closeSegment()
    const names = new Set<string>()
    let events = 0
    for (const segment of this.#catalogue.numbers) {
      const erased = await eraseFrom(segmentPath(this.#folder, segment), person)
      events += erased?.events ?? 0
      for (const name of erased?.names ?? []) names.add(name)
      // A kill may have come between a segment and its marks.
      const marks = marksPath(this.#folder, segment)
      if (erased !== null || (await fileMentions(marks, person))) await this.#catalogueAgain(segment)
      await setImmediate()
    }
    await eraseAsides(this.#folder, person)
    this.#removals = null
    return { events, names: [...names] }
  }

  /** Of the `nth` segment, as they stand; where a fault destroyed one, a gap. None behind the last. */
  async records(nth: number): Promise<Kept[]> {
    const current = this.#current
    const numbers = [...this.#catalogue.numbers, ...(current === null ? [] : [current.number])]
    const segment = numbers[nth]
    if (segment === undefined) return []
    const known = segment === current?.number ? current.tally.epoch : this.#catalogue.get(segment)?.epoch
    // A fault took the name of this epoch: nobody goes on with it, and it is not mistaken for another one.
    const epoch = known || `lost-${segment}`
    if (segment === current?.number) return keptIn(await current.rows(), epoch)
    return this.#read(segment, (rows) => keptIn(rows, epoch))
  }

  async view(): Promise<View> {
    const current = this.#current
    const open = current === null ? null : await current.rows()
    this.#removals ??= await this.#readRemovals()
    return {
      segments: current === null ? this.#catalogue.numbers : [...this.#catalogue.numbers, current.number],
      removals: this.#removals,
      read: async (segment, task) =>
        segment === current?.number && open !== null ? task(open) : this.#read(segment, task),
    }
  }

  async sync(): Promise<void> {
    await this.#current?.sync()
  }

  /** The next event begins a new segment. */
  async closeSegment(): Promise<void> {
    const segment = this.#current
    if (segment === null || segment.tally.epoch === null) return
    const { space, note } = this.#shared
    // In this order: a catalogue entry says that the segment and its marks are whole and on the disk.
    await segment.sync()
    await writeMarks(marksPath(this.#folder, segment.number), segment.tally.marks, space, note)
    await this.#catalogue.add(segment.number, segment.tally)
    this.#current = null
    await segment.close()
    // A reader that began before the stream was opened may have read it half written.
    this.#shared.shelf.forget(segmentPath(this.#folder, segment.number))
  }

  async end(): Promise<void> {
    await this.closeSegment()
    await this.letGo()
  }

  /** Out of memory, whether its last words reached the disk or not. */
  async letGo(): Promise<void> {
    await this.#current?.close()
    this.#current = null
    await this.#catalogue.close()
  }

  async #fresh(incoming: Incoming[], epoch: string): Promise<Incoming[]> {
    const standing = new Set<number>()
    const seqs = incoming.map(({ seq }) => seq)
    if (this.#current?.tally.epoch === epoch) {
      for (const seq of await this.#current.holds(seqs)) standing.add(seq)
    }
    const lowest = seqs[0] ?? Number.POSITIVE_INFINITY
    for (const segment of this.#catalogue.numbers) {
      const closed = this.#catalogue.get(segment)
      if (closed?.epoch === epoch && lowest <= closed.last) await this.#collectSeqs(segment, standing)
    }
    return incoming.filter(({ seq }) => !standing.has(seq))
  }

  async #collectSeqs(segment: number, seqs: Set<number>): Promise<void> {
    await this.#read(segment, (rows) => {
      for (let row = 0; row < rows.length; row += 1) {
        const record = rows.record(row)
        if (record !== null && contentOf(record).kind !== 'gap') seqs.add(seqOf(record._id))
      }
    })
  }

  async #segmentFor(epoch: string, records: number, firstSeq: number): Promise<Segment> {
    if (this.#current?.takes(epoch, records, firstSeq) === true) return this.#current
    await this.closeSegment()
    const number = (this.#catalogue.numbers.at(-1) ?? 0) + 1
    const { space, note } = this.#shared
    this.#current ??= await Segment.open(this.#folder, number, space, note)
    return this.#current
  }

  #addRemovals(segment: number, firstRow: number, incoming: Incoming[]): void {
    for (const [nth, { event }] of incoming.entries()) {
      const mark = markOf(event, firstRow + nth)
      if (mark !== null) this.#removals?.add(segment, mark)
    }
  }

  async #readRemovals(): Promise<Removals> {
    const { shelf, note } = this.#shared
    const removals = new Removals()
    for (const segment of this.#catalogue.numbers) {
      await addRemovals(removals, this.#folder, segment, this.#catalogue.get(segment), shelf, note)
    }
    const current = this.#current
    for (const mark of current?.tally.marks ?? []) removals.add(current?.number ?? 0, mark)
    return removals
  }

  #read<R>(segment: number, task: (rows: Rows) => R): Promise<R> {
    return this.#shared.shelf.read(segmentPath(this.#folder, segment), task)
  }

  /** A closed segment whose entry a fault took, or that has changed, is read once more. */
  async #catalogueAgain(segment: number): Promise<void> {
    const { space, note } = this.#shared
    this.#shared.shelf.forget(segmentPath(this.#folder, segment))
    const tally = await this.#read(segment, (rows) => tallyOf(null, rows))
    tally.epoch = this.#catalogue.get(segment)?.epoch ?? tally.epoch
    await writeMarks(marksPath(this.#folder, segment), tally.marks, space, note)
    await this.#catalogue.add(segment, tally)
  }
}

function keptIn(rows: Rows, epoch: string): Kept[] {
  return Array.from({ length: rows.length }, (_, row) => {
    const record = rows.record(row)
    if (record === null) return { epoch, seq: null, text: JSON.stringify(contentAt(rows, row)) }
    return { epoch, seq: isGapKey(record._id) ? null : seqOf(record._id), text: record.text }
  })
}

function collect(rows: Rows, ids: string[], held: HeldBefore, limit: number): void {
  for (let row = rows.length - 1; row >= 0 && ids.length < limit; row -= 1) {
    const record = rows.record(row)
    const content = record === null ? null : contentOf(record)
    if (content === null || content.kind === 'gap') continue
    ids.push(content.id)
    held.look(content)
  }
}
