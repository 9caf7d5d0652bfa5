import { CrossChatError } from '../../server/errors.ts'
import type { MarkFiles } from '../../server/kept-marks.ts'
import type { Archive, ArchiveBatch } from '../../server/stores/archive.ts'
import type { Stream } from '../../server/stores/streams.ts'
import { HeldBefore } from '../../workers/archive/held-before.ts'
import { RecentEvents } from '../../workers/archive/recent.ts'
import type { ArchiveRecord } from '../../workers/archive/record.ts'
import type { Rows } from '../../workers/archive/rows.ts'
import { unpack } from '../../workers/archive/unpack.ts'
import type { Batch, Calls, Gap, Recent } from '../../workers/archive/words.ts'
import type { Kept } from './history.ts'

/** What answers the archive's calls: the real one over files, or one in memory. */
export interface Shelf {
  open(asks: Calls['open']['asks']): Promise<Calls['open']['gives']>
  append(asks: Calls['append']['asks']): Promise<Calls['append']['gives']>
  gap(asks: Calls['gap']['asks']): Promise<Calls['gap']['gives']>
  recent(asks: Calls['recent']['asks']): Promise<Calls['recent']['gives']>
  end(asks: Calls['end']['asks']): Promise<Calls['end']['gives']>
  /** All that one stream holds, in order. */
  transcript(streamId: string): Promise<Kept[]>
  /** As after a kill: what is not on the disk is gone. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/** What becomes of a call. `forgotten`: it is done, and its answer is lost. */
export type Fate = 'done' | 'refused' | 'forgotten'

/** What outlives the process. Calls wait until the disk is told to move. */
export class Disk {
  readonly shelf: Shelf
  /** Channel → the file of what it has shown. */
  readonly #marks = new Map<string, Buffer>()
  readonly streams = new Map<string, Stream>()
  #waiting: ((fate: Fate) => Promise<void>)[] = []

  constructor(shelf: Shelf) {
    this.shelf = shelf
  }

  get busy(): boolean {
    return this.#waiting.length > 0
  }

  /** Does what waits longest. */
  async move(fate: Fate): Promise<void> {
    await this.#waiting.shift()?.(fate)
  }

  /** The process was killed: nobody waits for anything any more. */
  async fall(): Promise<void> {
    this.#waiting = []
    await this.shelf.reopen()
  }

  /** As the server sees it. */
  get archive(): Archive {
    const { shelf } = this
    const part = {
      open: (streamId: string) => this.call(() => shelf.open({ streamId })),
      append: (batch: ArchiveBatch) => {
        const copy = { ...batch, bytes: batch.bytes.slice(), ends: batch.ends.slice(), seqs: batch.seqs.slice() }
        return this.call(() => shelf.append({ batch: copy }))
      },
      gap: (streamId: string, epoch: string, gap: Gap) => this.call(() => shelf.gap({ streamId, epoch, gap })),
      recent: (streamId: string, events: number, bytes: number) =>
        this.call(() => shelf.recent({ streamId, events, bytes })),
      end: (streamId: string) => this.call(() => shelf.end({ streamId })),
    }
    return part as unknown as Archive
  }

  /** A file that cannot be read is none; one that could not be written is as it was, or the new one. */
  get markFiles(): MarkFiles {
    return {
      read: (channelId) => this.call(async () => this.#marks.get(channelId) ?? null).catch(() => null),
      write: (channelId, bytes) => this.call(async () => void this.#marks.set(channelId, Buffer.from(bytes))),
    }
  }

  /** Waits for its turn, and is done, or not. */
  readonly call = <R>(act: () => Promise<R>): Promise<R> =>
    new Promise((resolve, reject) => {
      this.#waiting.push(async (fate) => {
        if (fate === 'refused') return reject(new CrossChatError('storage_failed'))
        const answer = await act()
        if (fate === 'done') resolve(answer)
        else reject(new CrossChatError('storage_failed', { message: 'The archive had to be started again.' }))
      })
    })
}

/** One stream in memory: as much of the archive as the line needs, with its promises. */
interface Row {
  epoch: string
  record: ArchiveRecord | null
  id: string
  seq: number
  gap: number
}

export class MemoryShelf implements Shelf {
  readonly #streams = new Map<string, Row[]>()
  /** Stream, epoch and seq of what stands. */
  readonly standing = new Set<string>()

  async open({ streamId }: Calls['open']['asks']): Promise<Calls['open']['gives']> {
    const rows = this.#rows(streamId)
    const held = new HeldBefore(Date.now())
    for (const { record } of rows.toReversed()) if (record !== null) held.look(JSON.parse(record.text))
    const ids = rows.filter(({ record }) => record !== null).map(({ id }) => id)
    return { messages: ids.length, ids, held: held.events }
  }

  /** Events that stand already are not written again. */
  async append({ batch }: { batch: Batch }): Promise<{ messages: number }> {
    const rows = this.#rows(batch.streamId)
    for (const { record, seq, event } of unpack(batch)) {
      const place = `${batch.streamId} ${batch.epoch} ${seq}`
      if (!this.standing.has(place)) rows.push({ epoch: batch.epoch, record, id: event.id, seq, gap: 0 })
      this.standing.add(place)
    }
    return { messages: rows.length }
  }

  async gap({ streamId, epoch, gap }: Calls['gap']['asks']): Promise<null> {
    this.#rows(streamId).push({ epoch, record: null, id: '', seq: 0, gap: gap.count })
    return null
  }

  async recent({ streamId, events, bytes }: Calls['recent']['asks']): Promise<Recent> {
    const recent = new RecentEvents(events, bytes)
    for (const { record, epoch } of this.#rows(streamId).toReversed())
      if (record !== null) recent.add(oneRow(record), epoch)
    return recent.given()
  }

  async end({ streamId }: Calls['end']['asks']): Promise<{ messages: number }> {
    return { messages: this.#rows(streamId).length }
  }

  async transcript(streamId: string): Promise<Kept[]> {
    return this.#rows(streamId).map(({ record, id, gap }) => (record === null ? { gap } : { id }))
  }

  async reopen(): Promise<void> {}
  async close(): Promise<void> {}

  #rows(streamId: string): Row[] {
    const rows = this.#streams.get(streamId) ?? []
    this.#streams.set(streamId, rows)
    return rows
  }
}

function oneRow(record: ArchiveRecord): Rows {
  return { length: 1, record: () => record, holding: () => ({ rows: [], cost: 0 }) }
}
