import { randomUUID } from 'node:crypto'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, makeFolder } from '../keeping/files.ts'
import { Space } from '../keeping/space.ts'
import type { Note } from '../keeping/storage-error.ts'
import { Turns } from '../keeping/turns.ts'
import { CROWD, LONG_REST_MS, Pace } from '../pace.ts'
import { BadRequest } from './bad-request.ts'
import { figuresOf, NO_FIGURES } from './figures.ts'
import { folderBytes } from './folder-bytes.ts'
import { hitsOf } from './hits.ts'
import { segmentsIn, streamFolder } from './paths.ts'
import { Reader } from './reader.ts'
import { Shelf } from './shelf.ts'
import { OpenStream, type Shared } from './stream.ts'
import { inTurns, NO_PAGE, pageOf, type View, writtenPage } from './transcript.ts'
import type { Calls, FolderOrders, Keeper } from './words.ts'

/** What was appended is on the disk after this many ms at the latest; power loss costs no more. */
export const SYNC_WITHIN = 1_000
/** Bytes of all segments being written together; beyond it the largest is closed and leaves memory. */
export const MAX_OPEN_BYTES = 32 * 1024 * 1024
/** Bytes appended between two looks at that. */
const LOOK_EVERY = 1024 * 1024
/** Streams that are closed at the same time when the archive stops. */
const CLOSED_AT_ONCE = 4
const REMOVED_PREFIX = '.removed-'

type Asks<Name extends keyof Calls> = Calls[Name]['asks']
type Gives<Name extends keyof Calls> = Promise<Calls[Name]['gives']>

/** Told how long a sync took, ms. */
type Synced = (ms: number) => void

/** All streams' events under one folder. Throws StorageError and BadRequest. */
export class Archive implements Keeper {
  readonly #folder: string
  readonly #remembered: number
  readonly #note: Note
  readonly #synced: Synced
  readonly #shared: Shared
  readonly #reader: Reader
  readonly #open = new Map<string, OpenStream>()
  readonly #turns = new Map<string, Turns>()
  readonly #unsynced = new Set<string>()
  /** Of readers: while chat comes in that is to be kept, the thread is theirs for half of the time. */
  readonly #pace = new Pace(LONG_REST_MS, () => this.#unsynced.size > 0, CROWD)
  #syncing: NodeJS.Timeout | null = null
  #appended = 0

  private constructor(orders: FolderOrders, note: Note, synced: Synced) {
    this.#synced = synced
    this.#folder = orders.folder
    this.#remembered = orders.remembered
    this.#note = note
    const shelf = new Shelf()
    this.#shared = { space: new Space(orders.folder, orders.keepFree), note, shelf }
    this.#reader = new Reader(shelf, note)
  }

  static async start(orders: FolderOrders, note: Note, synced: Synced = () => {}): Promise<Archive> {
    await makeFolder(orders.folder)
    await finishRemovals(orders.folder)
    return new Archive(orders, note, synced)
  }

  open({ streamId }: Asks<'open'>): Gives<'open'> {
    return this.#inTurn(streamId, async () => {
      const stream = await this.#opened(streamId)
      return { messages: stream.messages, ...(await stream.newest(this.#remembered)) }
    })
  }

  /** A stream that is not open is opened: the thread may have been restarted since. */
  async append({ batch }: Asks<'append'>): Gives<'append'> {
    const answer = await this.#inTurn(batch.streamId, async () => {
      const stream = await this.#opened(batch.streamId)
      await stream.append(batch)
      return { messages: stream.messages }
    })
    this.#syncSoon(batch.streamId)
    this.#appended += batch.bytes.byteLength
    if (this.#appended >= LOOK_EVERY) await this.#keepMemoryBounded()
    return answer
  }

  async gap({ streamId, epoch, gap }: Asks<'gap'>): Gives<'gap'> {
    await this.#inTurn(streamId, async () => (await this.#opened(streamId)).gap(epoch, gap))
    this.#syncSoon(streamId)
    return null
  }

  page({ streamId, ...request }: Asks<'page'>): Gives<'page'> {
    return this.#reading(streamId, (view) => pageOf(view, request), { items: [], next: null })
  }

  written({ streamId, ...request }: Asks<'written'>): Promise<string> {
    return this.#reading(streamId, (view) => writtenPage(view, request), NO_PAGE)
  }

  search({ streamId, ...request }: Asks<'search'>): Gives<'search'> {
    return this.#reading(streamId, (view) => hitsOf(view, request), { hits: [], next: null, spent: 0 })
  }

  recent({ streamId, events, bytes }: Asks<'recent'>): Gives<'recent'> {
    return this.#inTurn(streamId, async () => (await this.#opened(streamId)).recent(events, bytes))
  }

  figures({ streamId }: Asks<'figures'>): Gives<'figures'> {
    return this.#reading(streamId, figuresOf, NO_FIGURES)
  }

  /** A stream that nobody writes is opened for it, and closed again. */
  erase({ streamId, ...person }: Asks<'erase'>): Gives<'erase'> {
    const folder = streamFolder(this.#folder, streamId)
    return this.#inTurn(streamId, async () => {
      if ((await segmentsIn(folder)).length === 0) return { events: 0, names: [] }
      const running = this.#open.has(streamId)
      const stream = await this.#opened(streamId)
      const erased = await stream.erase(person)
      if (!running) {
        await stream.end()
        this.#open.delete(streamId)
      }
      this.#reader.forget(folder)
      return erased
    })
  }

  end({ streamId }: Asks<'end'>): Gives<'end'> {
    return this.#inTurn(streamId, async () => {
      const stream = await this.#opened(streamId)
      await stream.end()
      this.#open.delete(streamId)
      this.#reader.forget(streamFolder(this.#folder, streamId))
      return { messages: stream.messages }
    })
  }

  /** Renamed first: a half removed stream never looks like a short one. */
  async remove({ streamId }: Asks<'remove'>): Gives<'remove'> {
    const folder = streamFolder(this.#folder, streamId)
    await this.#inTurn(streamId, async () => {
      await this.#open.get(streamId)?.letGo()
      this.#open.delete(streamId)
      this.#reader.forget(folder)
      await rename(folder, join(this.#folder, `${REMOVED_PREFIX}${randomUUID()}`)).catch(unlessMissing)
    })
    await finishRemovals(this.#folder)
    return null
  }

  async bytes({ streamId }: Asks<'bytes'>): Gives<'bytes'> {
    return { bytes: await folderBytes(streamFolder(this.#folder, streamId)) }
  }

  /** A piece is a segment. A stream that nobody writes is opened for it, and closed again behind the last one. */
  records({ streamId, nth }: Asks<'records'>): Gives<'records'> {
    const folder = streamFolder(this.#folder, streamId)
    return this.#inTurn(streamId, async () => {
      if ((await segmentsIn(folder)).length === 0) return { records: [] }
      const stream = await this.#opened(streamId)
      const records = await stream.records(nth)
      if (records.length > 0) return { records }
      await stream.end()
      this.#open.delete(streamId)
      return { records }
    })
  }

  put(): Gives<'put'> {
    return Promise.reject(new BadRequest('Files take no records of another store.'))
  }

  /** Everything is closed and on the disk when it resolves. A stream whose disk fails is noted and does not stop the others. */
  async close(): Promise<void> {
    if (this.#syncing !== null) clearTimeout(this.#syncing)
    const streams = [...this.#open.keys()]
    const closeNext = async () => {
      for (let streamId = streams.pop(); streamId !== undefined; streamId = streams.pop()) await this.#close(streamId)
    }
    await Promise.all(Array.from({ length: CLOSED_AT_ONCE }, closeNext))
  }

  async #close(streamId: string): Promise<void> {
    try {
      await this.#inTurn(streamId, async () => this.#open.get(streamId)?.end())
    } catch (error) {
      this.#note('error', 'an archive could not be closed; its last segment is repaired when it opens', {
        streamId,
        err: error,
      })
    }
  }

  /** Gives `nothing` for a stream that is taken away while it is read: it ends here. */
  async #reading<R>(streamId: string, read: (view: View) => Promise<R>, nothing: R): Promise<R> {
    const folder = streamFolder(this.#folder, streamId)
    const view = await this.#inTurn(streamId, async () => {
      return this.#open.get(streamId)?.view() ?? this.#reader.view(folder)
    })
    try {
      return await read(inTurns(view, this.#pace, streamId))
    } catch (error) {
      if (isMissing(error) && (await segmentsIn(folder)).length === 0) return nothing
      throw error
    }
  }

  async #opened(streamId: string): Promise<OpenStream> {
    const open = this.#open.get(streamId)
    if (open !== undefined) return open
    const folder = streamFolder(this.#folder, streamId)
    this.#reader.forget(folder)
    const stream = await OpenStream.open(folder, this.#shared)
    this.#open.set(streamId, stream)
    return stream
  }

  #inTurn<R>(streamId: string, task: () => Promise<R>): Promise<R> {
    const turns = this.#turns.get(streamId) ?? new Turns()
    this.#turns.set(streamId, turns)
    return turns.run(task).finally(() => {
      if (turns.idle) this.#turns.delete(streamId)
    })
  }

  /** One sync a stream and second, for all appends before it. */
  #syncSoon(streamId: string): void {
    this.#unsynced.add(streamId)
    this.#syncing ??= setTimeout(() => {
      this.#syncing = null
      void this.#syncAll()
    }, SYNC_WITHIN)
  }

  async #syncAll(): Promise<void> {
    const streams = [...this.#unsynced]
    this.#unsynced.clear()
    const began = performance.now()
    for (const streamId of streams) {
      await this.#inTurn(streamId, async () => this.#open.get(streamId)?.sync()).catch((error: unknown) => {
        this.#note('error', 'an archive could not be brought to the disk', { streamId, err: error })
      })
    }
    this.#synced(performance.now() - began)
  }

  async #keepMemoryBounded(): Promise<void> {
    this.#appended = 0
    let bytes = 0
    let largest: string | null = null
    for (const [streamId, stream] of this.#open) {
      bytes += stream.bytes
      if (largest === null || stream.bytes > (this.#open.get(largest)?.bytes ?? 0)) largest = streamId
    }
    if (bytes <= MAX_OPEN_BYTES || largest === null) return
    const streamId = largest
    await this.#inTurn(streamId, async () => this.#open.get(streamId)?.closeSegment()).catch((error: unknown) => {
      this.#note('error', 'a segment could not be closed', { streamId, err: error })
    })
  }
}

/** Removes what an earlier run, or this one, has set aside for it. */
async function finishRemovals(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(REMOVED_PREFIX)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}
