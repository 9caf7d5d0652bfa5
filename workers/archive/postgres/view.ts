import type { Database } from '../../keeping/database.ts'
import type { ChatEvent } from '../../message.ts'
import { matcher } from '../filter.ts'
import { markOf, Removals } from '../removals.ts'
import type { View } from '../transcript.ts'
import type { Filter } from '../words.ts'
import { blockOf } from './blocks.ts'
import { storable } from './incoming.ts'
import { ReadRows, rowsOf } from './rows.ts'
import { BLOCK_ROWS, bitsOf } from './sign.ts'

/** What a reader must know of a transcript at the moment it begins. */
export interface Head {
  n: number
  rows: number
  changes: number
}

/** Blocks that one reader holds: the lines around its hits stand in the blocks that it has just read. */
const HELD_BLOCKS = 8
/** Streams whose removals stay in memory for the next reader, and removals of all of them together. */
const KNOWN_STREAMS = 64
const KNOWN_REMOVALS = 200_000

const MARKS = `SELECT row, text FROM crosschat.events
  WHERE stream = $1 AND row >= $2 AND row < $3 AND kind IN ('remove', 'restore', 'clear') ORDER BY row`
/** Blocks that are known to hold nothing that fits. One that is signed for fewer rows than stand there may hold anything. */
const LEFT_OUT = `SELECT block FROM crosschat.blocks
  WHERE stream = $1 AND covers >= least(${BLOCK_ROWS}, $2 - block * ${BLOCK_ROWS})
    AND (last_at < $3 OR first_at > $4 OR EXISTS (SELECT FROM unnest($5::int[]) AS bit WHERE get_bit(sign, bit) = 0))`
const BY_ID = 'SELECT row FROM crosschat.events WHERE stream = $1 AND message_id = $2'

/** Makes streams readable for what answers pages, searches and figures. Its segments are blocks of rows, numbered from 1. */
export class Views {
  readonly #database: Database
  readonly #removals = new Map<number, { removals: Removals; changes: number; rows: number }>()

  constructor(database: Database) {
    this.#database = database
  }

  async of(head: Head): Promise<View> {
    const segments = Array.from({ length: Math.ceil(head.rows / BLOCK_ROWS) }, (_, nth) => nth + 1)
    const held = new Map<number, Promise<ReadRows>>()
    return {
      segments,
      removals: await this.#removalsOf(head),
      read: async (segment, task) => task(await this.#block(head, segment, held)),
      narrowed: (filter) => this.#narrowed(head, segments, filter),
    }
  }

  /** For a stream that goes, or whose rows have changed. */
  forget(n: number): void {
    this.#removals.delete(n)
  }

  #block(head: Head, segment: number, held: Map<number, Promise<ReadRows>>): Promise<ReadRows> {
    const rows = held.get(segment) ?? this.#read(head, segment)
    held.delete(segment)
    held.set(segment, rows)
    const [oldest] = held.keys()
    if (held.size > HELD_BLOCKS && oldest !== undefined) held.delete(oldest)
    return rows
  }

  async #read({ n, rows }: Head, segment: number): Promise<ReadRows> {
    const from = (segment - 1) * BLOCK_ROWS
    return new ReadRows(await rowsOf(this.#database, n, from, Math.min(rows, from + BLOCK_ROWS)))
  }

  /** The index finds candidates; whether one fits is decided where it is decided for files. */
  async #narrowed(head: Head, segments: number[], filter: Filter): Promise<number[]> {
    const at = filter.id === undefined ? null : await this.#blockOfId(head, filter.id)
    if (at !== null) return [at]
    const bits = [...bitsOf(matcher(filter).needle), ...bitsOf(filter.author?.toLowerCase() ?? '')]
    const { from = -Number.MAX_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = filter
    if (bits.length === 0 && filter.from === undefined && filter.to === undefined) return segments
    const values = [head.n, head.rows, from, to, bits]
    const out = await this.#database.rows<{ block: number }>({ text: LEFT_OUT, values })
    const leftOut = new Set(out.map(({ block }) => block + 1))
    return segments.filter((segment) => !leftOut.has(segment))
  }

  /** Null where the index does not have it: other kinds than messages and notices stand in none. */
  async #blockOfId({ n, rows }: Head, id: string): Promise<number | null> {
    const [found] = await this.#database.rows<{ row: number }>({ text: BY_ID, values: [n, storable(id)] })
    return found === undefined || found.row >= rows ? null : blockOf(found.row) + 1
  }

  /** Read once, and from then on only what came behind. */
  async #removalsOf({ n, rows, changes }: Head): Promise<Removals> {
    const standing = this.#removals.get(n)
    const known = standing?.changes === changes && standing.rows <= rows ? standing : null
    const kept = known ?? { removals: new Removals(), changes, rows: 0 }
    const marks = await this.#database.rows<{ row: number; text: string }>({
      text: MARKS,
      values: [n, kept.rows, rows],
    })
    // Another reader may have gone on with these while the rows came; what both saw counts once.
    for (const { row, text } of marks) if (row >= kept.rows) addMark(kept.removals, row, JSON.parse(text))
    kept.rows = Math.max(kept.rows, rows)
    this.#keep(n, kept)
    return kept.removals
  }

  /** The newest stays, however large. */
  #keep(n: number, kept: { removals: Removals; changes: number; rows: number }): void {
    this.#removals.delete(n)
    this.#removals.set(n, kept)
    let removals = 0
    for (const each of this.#removals.values()) removals += each.removals.size
    for (const [oldest, { removals: its }] of this.#removals) {
      if (oldest === n || (this.#removals.size <= KNOWN_STREAMS && removals <= KNOWN_REMOVALS)) break
      this.#removals.delete(oldest)
      removals -= its.size
    }
  }
}

function addMark(removals: Removals, row: number, event: ChatEvent): void {
  const mark = markOf(event, row % BLOCK_ROWS)
  if (mark !== null) removals.add(blockOf(row) + 1, mark)
}
