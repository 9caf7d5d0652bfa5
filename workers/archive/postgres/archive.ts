import { Database } from '../../keeping/database.ts'
import type { Note } from '../../keeping/storage-error.ts'
import { Turns } from '../../keeping/turns.ts'
import type { ChatEvent } from '../../message.ts'
import { CROWD, LONG_REST_MS, Pace } from '../../pace.ts'
import { figuresOf, NO_FIGURES } from '../figures.ts'
import { HeldBefore } from '../held-before.ts'
import { hitsOf } from '../hits.ts'
import { soundStreamId } from '../paths.ts'
import { RecentEvents } from '../recent.ts'
import { inTurns, NO_PAGE, pageOf, type View, writtenPage } from '../transcript.ts'
import type { Calls, DatabaseOrders, Keeper } from '../words.ts'
import { eraseAll, mentions } from './erase.ts'
import { fromBatch, fromGap, fromKept, runsOf } from './incoming.ts'
import { finishRemovals, removedName } from './removals.ts'
import { ReadRows } from './rows.ts'
import { signAll } from './signing.ts'
import { backwards, CHUNK_ROWS, standingOf, withEpochs } from './standing.ts'
import { Views } from './view.ts'
import { Writer } from './writer.ts'

/** Connections of the archive thread, beside those of the main thread. */
export const ARCHIVE_CONNECTIONS = 6
/** One statement reads a block, writes a batch, or goes through the rows of one stream. */
const STATEMENT_MS = 30_000

type Asks<Name extends keyof Calls> = Calls[Name]['asks']
type Gives<Name extends keyof Calls> = Promise<Calls[Name]['gives']>

/** All streams' events in one database, which any number of servers may share. Throws StorageError, Fenced and BadRequest. */
export class DatabaseArchive implements Keeper {
  readonly #database: Database
  readonly #remembered: number
  readonly #views: Views
  readonly #writer: Writer
  readonly #turns = new Map<string, Turns>()
  /** Of readers: what is written comes in between. */
  readonly #pace = new Pace(LONG_REST_MS, () => true, CROWD)

  private constructor({ url, remembered }: DatabaseOrders, note: Note) {
    this.#database = new Database({ url, connections: ARCHIVE_CONNECTIONS, statementMs: STATEMENT_MS, note })
    this.#remembered = remembered
    this.#views = new Views(this.#database)
    this.#writer = new Writer(this.#database)
  }

  /** Does not wait for the database: a thread that is started again while that is away answers each call as it can. */
  static start(orders: DatabaseOrders, note: Note): DatabaseArchive {
    const archive = new DatabaseArchive(orders, note)
    finishRemovals(archive.#database).catch((error: unknown) => {
      note('warn', 'what was left of a removed transcript could not be taken away', { err: error })
    })
    return archive
  }

  async open({ streamId, fence }: Asks<'open'>): Gives<'open'> {
    const head = await this.#writer.hold(streamId, fence)
    const ids: string[] = []
    const held = new HeldBefore(Date.now())
    for await (const { seq, text } of backwards(this.#database, head)) {
      if (seq === null) continue
      if (ids.length >= this.#remembered) break
      const event: ChatEvent = JSON.parse(text)
      ids.push(event.id)
      held.look(event)
    }
    return { messages: head.messages, ids: ids.reverse(), held: held.events }
  }

  async append({ batch }: Asks<'append'>): Gives<'append'> {
    const incoming = fromBatch(batch)
    const add = () => this.#writer.add(batch.streamId, incoming, batch.fence)
    return { messages: await this.#inTurn(batch.streamId, add) }
  }

  async gap({ streamId, epoch, gap, fence }: Asks<'gap'>): Gives<'gap'> {
    await this.#inTurn(streamId, () => this.#writer.add(streamId, fromGap(epoch, gap), fence))
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

  figures({ streamId }: Asks<'figures'>): Gives<'figures'> {
    return this.#reading(streamId, figuresOf, NO_FIGURES)
  }

  async recent({ streamId, events, bytes }: Asks<'recent'>): Gives<'recent'> {
    const recent = new RecentEvents(events, bytes)
    const head = await standingOf(this.#database, streamId)
    if (head === null) return recent.given()
    for await (const { seq, text, epoch } of backwards(this.#database, head)) {
      if (recent.full) break
      recent.add(new ReadRows([{ seq, text }]), epoch)
    }
    return recent.given()
  }

  erase({ streamId, ...person }: Asks<'erase'>): Gives<'erase'> {
    return this.#inTurn(streamId, async () => {
      const head = await standingOf(this.#database, streamId)
      if (head === null || !(await mentions(this.#database, head.n, person))) return { events: 0, names: [] }
      const { events, names } = await eraseAll(this.#database, head, person)
      await signAll(this.#database, head)
      this.#writer.forget(streamId)
      this.#views.forget(head.n)
      return { events, names: [...names] }
    })
  }

  /** Signs what is not signed yet: from here on, a search knows all of it. */
  async end({ streamId, fence }: Asks<'end'>): Gives<'end'> {
    return this.#inTurn(streamId, async () => {
      const head = await this.#writer.hold(streamId, fence)
      await signAll(this.#database, head)
      this.#writer.forget(streamId)
      return { messages: head.messages }
    })
  }

  /** Renamed first: a half removed stream never looks like a short one. */
  async remove({ streamId }: Asks<'remove'>): Gives<'remove'> {
    await this.#inTurn(soundStreamId(streamId), async () => {
      const text = 'UPDATE crosschat.transcripts SET stream_id = $2 WHERE stream_id = $1 RETURNING n'
      const values = [streamId, removedName()]
      const [removed] = await this.#database.rows<{ n: number }>({ text, values })
      this.#writer.forget(streamId)
      if (removed !== undefined) this.#views.forget(removed.n)
    })
    await finishRemovals(this.#database)
    return null
  }

  async bytes({ streamId }: Asks<'bytes'>): Gives<'bytes'> {
    const text = 'SELECT bytes FROM crosschat.transcripts WHERE stream_id = $1'
    const [row] = await this.#database.rows<{ bytes: number }>({ text, values: [streamId] })
    return { bytes: row?.bytes ?? 0 }
  }

  async records({ streamId, nth }: Asks<'records'>): Gives<'records'> {
    const head = await standingOf(this.#database, streamId)
    if (head === null) return { records: [] }
    const rows = await withEpochs(this.#database, head, nth * CHUNK_ROWS, Math.min(head.rows, (nth + 1) * CHUNK_ROWS))
    return { records: rows.map(({ epoch, seq, text }) => ({ epoch, seq: seq === null ? null : Number(seq), text })) }
  }

  async put({ streamId, records }: Asks<'put'>): Gives<'put'> {
    await this.#inTurn(streamId, async () => {
      for (const run of runsOf(records)) {
        await this.#writer.add(streamId, fromKept(run[0]?.epoch ?? '', run), undefined, true)
      }
    })
    return null
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  async #reading<R>(streamId: string, read: (view: View) => Promise<R>, nothing: R): Promise<R> {
    const head = await standingOf(this.#database, streamId)
    return head === null ? nothing : read(inTurns(await this.#views.of(head), this.#pace, streamId))
  }

  #inTurn<R>(streamId: string, task: () => Promise<R>): Promise<R> {
    const turns = this.#turns.get(streamId) ?? new Turns()
    this.#turns.set(streamId, turns)
    return turns.run(task).finally(() => {
      if (turns.idle) this.#turns.delete(streamId)
    })
  }
}
