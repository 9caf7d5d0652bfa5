import type { Person } from '../../erased.ts'
import { Database, sqlStateOf } from '../../keeping/database.ts'
import type { Note } from '../../keeping/storage-error.ts'
import { Turns } from '../../keeping/turns.ts'
import type { ChatEvent } from '../../message.ts'
import { BadRequest, Fenced } from '../bad-request.ts'
import { figuresOf, NO_FIGURES } from '../figures.ts'
import { HeldBefore } from '../held-before.ts'
import { hitsOf } from '../hits.ts'
import { soundStreamId } from '../paths.ts'
import { RecentEvents } from '../recent.ts'
import { pageOf, type View } from '../transcript.ts'
import type { Calls, DatabaseOrders, Fence, Gap, Keeper, Kept } from '../words.ts'
import { type Block, blockOf, Tail } from './blocks.ts'
import { ERASE_ROWS, eraseFrom, mentions } from './erase.ts'
import { fromBatch, fromGap, fromKept, type Incoming } from './incoming.ts'
import { finishRemovals, removedName } from './removals.ts'
import { type EventRow, ReadRows } from './rows.ts'
import { BLOCK_ROWS } from './sign.ts'
import { type Head, Views } from './view.ts'

/** Connections of the archive thread, beside those of the main thread. */
export const ARCHIVE_CONNECTIONS = 6
/** One statement reads a block, writes a batch, or goes through the rows of one stream. */
const STATEMENT_MS = 30_000
/** Streams whose end is known, so that the next batch needs not be preceded by a look. */
const KNOWN_TAILS = 1_000
/** Rows that are read at a time from a transcript's end, or given to another store. */
const CHUNK_ROWS = 2_000
/** Records of one statement when they come from another store. */
const PUT_RECORDS = 1_000
/** What the database's own function says of a writer whose time is over. */
const FENCED = 'CC001'
/** What no second try would make it take, as bytes that are no UTF-8: the class of these codes. */
const BAD_DATA = '22'

const APPEND = `SELECT o_rows AS rows, o_messages AS messages, o_added AS added
  FROM crosschat.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
const HOLD = 'SELECT n, rows, messages, changes, epochs FROM crosschat.hold($1, $2)'
const HEAD = 'SELECT n, rows, messages, changes, epochs FROM crosschat.transcripts WHERE stream_id = $1'
const ROWS = 'SELECT seq, text FROM crosschat.events WHERE stream = $1 AND row >= $2 AND row < $3 ORDER BY row'
const WITH_EPOCHS =
  'SELECT seq, text, epoch FROM crosschat.events WHERE stream = $1 AND row >= $2 AND row < $3 ORDER BY row'
const UNSIGNED = `SELECT block FROM generate_series(0, ($2 - 1) / ${BLOCK_ROWS}) AS block WHERE NOT EXISTS (
  SELECT FROM crosschat.blocks AS b
  WHERE b.stream = $1 AND b.block = block.block AND b.covers >= least(${BLOCK_ROWS}, $2 - block.block * ${BLOCK_ROWS})
)`
const SIGN = `INSERT INTO crosschat.blocks (stream, block, covers, first_at, last_at, sign) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (stream, block) DO UPDATE
  SET covers = excluded.covers, first_at = excluded.first_at, last_at = excluded.last_at, sign = excluded.sign`

type Asks<Name extends keyof Calls> = Calls[Name]['asks']
type Gives<Name extends keyof Calls> = Promise<Calls[Name]['gives']>
type Standing = Head & { messages: number; epochs: string[] }
type WithEpoch = EventRow & { epoch: string }

/** All streams' events in one database, which any number of servers may share. Throws StorageError, Fenced and BadRequest. */
export class DatabaseArchive implements Keeper {
  readonly #database: Database
  readonly #remembered: number
  readonly #views: Views
  readonly #turns = new Map<string, Turns>()
  readonly #tails = new Map<string, Tail>()

  private constructor({ url, remembered }: DatabaseOrders, note: Note) {
    this.#database = new Database({ url, connections: ARCHIVE_CONNECTIONS, statementMs: STATEMENT_MS, note })
    this.#remembered = remembered
    this.#views = new Views(this.#database)
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
    const head = await this.#hold(streamId, fence)
    const ids: string[] = []
    const held = new HeldBefore(Date.now())
    for await (const { seq, text } of this.#backwards(head)) {
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
    return { messages: await this.#inTurn(batch.streamId, () => this.#add(batch.streamId, incoming, batch.fence)) }
  }

  async gap({ streamId, epoch, gap, fence }: Asks<'gap'>): Gives<'gap'> {
    await this.#inTurn(streamId, () => this.#add(streamId, fromGap(epoch, gap), fence))
    return null
  }

  page({ streamId, ...request }: Asks<'page'>): Gives<'page'> {
    return this.#reading(streamId, (view) => pageOf(view, request), { items: [], next: null })
  }

  search({ streamId, ...request }: Asks<'search'>): Gives<'search'> {
    return this.#reading(streamId, (view) => hitsOf(view, request), { hits: [], next: null, spent: 0 })
  }

  figures({ streamId }: Asks<'figures'>): Gives<'figures'> {
    return this.#reading(streamId, figuresOf, NO_FIGURES)
  }

  async recent({ streamId, events, bytes }: Asks<'recent'>): Gives<'recent'> {
    const recent = new RecentEvents(events, bytes)
    const head = await this.#head(streamId)
    if (head === null) return recent.given()
    for await (const { seq, text, epoch } of this.#backwards(head)) {
      if (recent.full) break
      recent.add(new ReadRows([{ seq, text }]), epoch)
    }
    return recent.given()
  }

  /** Piece by piece: a kill leaves some rows as they were, and the same call does the rest. */
  erase({ streamId, ...person }: Asks<'erase'>): Gives<'erase'> {
    return this.#inTurn(streamId, async () => {
      const head = await this.#head(streamId)
      if (head === null || !(await mentions(this.#database, head.n, person))) return { events: 0, names: [] }
      const erased = await this.#eraseAll(head, person)
      this.#tails.delete(streamId)
      this.#views.forget(head.n)
      return erased
    })
  }

  /** Signs what is not signed yet: from here on, a search knows all of it. */
  async end({ streamId, fence }: Asks<'end'>): Gives<'end'> {
    return this.#inTurn(streamId, async () => {
      const head = await this.#hold(streamId, fence)
      await this.#sign(head)
      this.#tails.delete(streamId)
      return { messages: head.messages }
    })
  }

  /** Renamed first: a half removed stream never looks like a short one. */
  async remove({ streamId }: Asks<'remove'>): Gives<'remove'> {
    await this.#inTurn(soundStreamId(streamId), async () => {
      const text = 'UPDATE crosschat.transcripts SET stream_id = $2 WHERE stream_id = $1 RETURNING n'
      const values = [streamId, removedName()]
      const [removed] = await this.#database.rows<{ n: number }>({ text, values })
      this.#tails.delete(streamId)
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
    const head = await this.#head(streamId)
    if (head === null) return { records: [] }
    const rows = await this.#withEpochs(head, nth * CHUNK_ROWS, Math.min(head.rows, (nth + 1) * CHUNK_ROWS))
    return { records: rows.map(({ epoch, seq, text }) => ({ epoch, seq: seq === null ? null : Number(seq), text })) }
  }

  async put({ streamId, records }: Asks<'put'>): Gives<'put'> {
    await this.#inTurn(streamId, async () => {
      for (const run of runsOf(records)) await this.#add(streamId, fromKept(run[0]?.epoch ?? '', run), undefined, true)
    })
    return null
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  /** `whole`: nothing is left out. Gives the messages and notices that the stream now holds. */
  async #add(streamId: string, incoming: Incoming, fence: Fence, whole = false): Promise<number> {
    const tail = this.#tails.get(streamId) ?? (await this.#readTail(streamId))
    const { tail: grown, full } = tail.grown(incoming.contents)
    const { epoch, seqs, kinds, ids, ends, bytes } = incoming
    const values = [
      ...[soundStreamId(streamId), fence ?? null, whole, epoch, tail.rows, seqs, kinds, ids, ends, Buffer.from(bytes)],
      ...[full.map(({ block }) => block), full.map(({ firstAt }) => firstAt), full.map(({ lastAt }) => lastAt)],
      full.map(({ sign }) => sign),
    ]
    // A gap has nothing to be known by.
    const once = seqs.includes(null)
    // Until it has answered, nobody knows where the transcript ends.
    this.#tails.delete(streamId)
    const [added] = await this.#written(
      this.#database.rows<{ rows: number; messages: number; added: number }>({ text: APPEND, values, once }),
    )
    if (added?.rows === grown.rows && added.added === ends.length) this.#know(streamId, grown)
    return added?.messages ?? 0
  }

  async #readTail(streamId: string): Promise<Tail> {
    const head = await this.#head(streamId)
    return head === null ? Tail.at(0) : this.#tailAt(head, blockOf(head.rows))
  }

  /** The tail as it was when so many blocks were full and the next one as full as it is. */
  async #tailAt({ n, rows }: Head, block: number): Promise<Tail> {
    const from = block * BLOCK_ROWS
    const values = [n, from, rows]
    const standing = await this.#database.rows<EventRow>({ text: ROWS, values })
    return Tail.at(from).grown(standing.map(({ text }): ChatEvent | Gap => JSON.parse(text))).tail
  }

  #know(streamId: string, tail: Tail): void {
    this.#tails.set(streamId, tail)
    const [oldest] = this.#tails.keys()
    if (this.#tails.size > KNOWN_TAILS && oldest !== undefined) this.#tails.delete(oldest)
  }

  async #sign(head: Head): Promise<void> {
    const text = UNSIGNED
    const unsigned = await this.#database.rows<{ block: number }>({ text, values: [head.n, head.rows] })
    for (const { block } of unsigned) {
      const from = block * BLOCK_ROWS
      const until = Math.min(head.rows, from + BLOCK_ROWS)
      const rows = await this.#database.rows<EventRow>({ text: ROWS, values: [head.n, from, until] })
      const { tail, full } = Tail.at(from).grown(rows.map(({ text }): ChatEvent | Gap => JSON.parse(text)))
      await this.#keepSign(head.n, full[0] ?? tail.unfinished, rows.length)
    }
  }

  async #keepSign(n: number, { block, firstAt, lastAt, sign }: Block, covers: number): Promise<void> {
    await this.#database.rows({ text: SIGN, values: [n, block, covers, firstAt, lastAt, sign] })
  }

  async #eraseAll(head: Standing, person: Person): Promise<{ events: number; names: string[] }> {
    const names = new Set<string>()
    let events = 0
    for (let from = 0; from < head.rows; from += ERASE_ROWS) {
      const erased = await this.#database.transaction((runner) => eraseFrom(runner, head.n, from, person))
      events += erased.events
      for (const name of erased.names) names.add(name)
    }
    await this.#sign(head)
    return { events, names: [...names] }
  }

  async #reading<R>(streamId: string, read: (view: View) => Promise<R>, nothing: R): Promise<R> {
    const head = await this.#head(streamId)
    return head === null ? nothing : read(await this.#views.of(head))
  }

  async #head(streamId: string): Promise<Standing | null> {
    const [head] = await this.#database.rows<Standing>({ text: HEAD, values: [soundStreamId(streamId)] })
    return head ?? null
  }

  async #hold(streamId: string, fence: Fence): Promise<Standing> {
    const values = [soundStreamId(streamId), fence ?? null]
    const [head] = await this.#written(this.#database.rows<Standing>({ text: HOLD, values }))
    if (head === undefined) throw new Error('The database held nothing.')
    return head
  }

  async #written<R>(task: Promise<R>): Promise<R> {
    try {
      return await task
    } catch (error) {
      const state = sqlStateOf(error)
      if (state.startsWith(BAD_DATA)) throw new BadRequest('The database cannot hold this.')
      throw state === FENCED ? new Fenced(error) : error
    }
  }

  /** From the end, chunk by chunk, as long as somebody reads. */
  async *#backwards(head: Standing): AsyncGenerator<WithEpoch> {
    for (let below = head.rows; below > 0; below -= CHUNK_ROWS) {
      const rows = await this.#withEpochs(head, below - CHUNK_ROWS, below)
      yield* rows.reverse()
    }
  }

  async #withEpochs({ n, epochs }: Standing, from: number, until: number): Promise<WithEpoch[]> {
    const values = [n, from, until]
    const rows = await this.#database.rows<EventRow & { epoch: number }>({ text: WITH_EPOCHS, values })
    return rows.map(({ seq, text, epoch }) => ({ seq, text, epoch: epochs[epoch - 1] ?? '' }))
  }

  #inTurn<R>(streamId: string, task: () => Promise<R>): Promise<R> {
    const turns = this.#turns.get(streamId) ?? new Turns()
    this.#turns.set(streamId, turns)
    return turns.run(task).finally(() => {
      if (turns.idle) this.#turns.delete(streamId)
    })
  }
}

/** Neighbours of one epoch, so many at a time. */
function runsOf(records: readonly Kept[]): Kept[][] {
  const runs: Kept[][] = []
  for (const record of records) {
    const last = runs.at(-1)
    if (last !== undefined && last[0]?.epoch === record.epoch && last.length < PUT_RECORDS) last.push(record)
    else runs.push([record])
  }
  return runs
}
