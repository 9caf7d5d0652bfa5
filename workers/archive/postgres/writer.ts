import { type Database, sqlStateOf } from '../../keeping/database.ts'
import { BadRequest, Fenced } from '../bad-request.ts'
import { soundStreamId } from '../paths.ts'
import type { Fence } from '../words.ts'
import { blockOf, Tail } from './blocks.ts'
import type { Incoming } from './incoming.ts'
import { contentsOf, rowsOf } from './rows.ts'
import { BLOCK_ROWS } from './sign.ts'
import { type Standing, standingOf } from './standing.ts'

/** Streams whose end is known, so that the next batch needs not be preceded by a look. */
const KNOWN_TAILS = 1_000
/** What the database's own function says of a writer whose time is over. */
const FENCED = 'CC001'
/** What no second try would make it take, as bytes that are no UTF-8: the class of these codes. */
const BAD_DATA = '22'

const APPEND = `SELECT o_rows AS rows, o_messages AS messages, o_added AS added
  FROM crosschat.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
const HOLD = 'SELECT n, rows, messages, changes, epochs FROM crosschat.hold($1, $2)'

/** Writes to the ends of transcripts; of one stream, one call after the other. Throws StorageError, Fenced and BadRequest. */
export class Writer {
  readonly #database: Database
  readonly #tails = new Map<string, Tail>()

  constructor(database: Database) {
    this.#database = database
  }

  /** From here on, whoever has an older fence is refused. */
  async hold(streamId: string, fence: Fence): Promise<Standing> {
    const values = [soundStreamId(streamId), fence ?? null]
    const [head] = await written(this.#database.rows<Standing>({ text: HOLD, values }))
    if (head === undefined) throw new Error('The database held nothing.')
    return head
  }

  /** `whole`: nothing is left out. Gives the messages and notices that the stream now holds. */
  async add(streamId: string, incoming: Incoming, fence: Fence, whole = false): Promise<number> {
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
    const [added] = await written(
      this.#database.rows<{ rows: number; messages: number; added: number }>({ text: APPEND, values, once }),
    )
    if (added?.rows === grown.rows && added.added === ends.length) this.#know(streamId, grown)
    return added?.messages ?? 0
  }

  /** For a stream that goes, that nobody writes any more, or whose rows have changed. */
  forget(streamId: string): void {
    this.#tails.delete(streamId)
  }

  /** As it was when the block that is open now began, and what stands since. */
  async #readTail(streamId: string): Promise<Tail> {
    const head = await standingOf(this.#database, streamId)
    if (head === null) return Tail.at(0)
    const from = blockOf(head.rows) * BLOCK_ROWS
    return Tail.at(from).grown(contentsOf(await rowsOf(this.#database, head.n, from, head.rows))).tail
  }

  #know(streamId: string, tail: Tail): void {
    this.#tails.set(streamId, tail)
    const [oldest] = this.#tails.keys()
    if (this.#tails.size > KNOWN_TAILS && oldest !== undefined) this.#tails.delete(oldest)
  }
}

async function written<R>(task: Promise<R>): Promise<R> {
  try {
    return await task
  } catch (error) {
    const state = sqlStateOf(error)
    if (state.startsWith(BAD_DATA)) throw new BadRequest('The database cannot hold this.')
    throw state === FENCED ? new Fenced(error) : error
  }
}
