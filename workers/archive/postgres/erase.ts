import { blankedFor, type Person } from '../../erased.ts'
import type { Database, Runner } from '../../keeping/database.ts'
import type { ChatEvent } from '../../message.ts'
import type { Gap } from '../words.ts'
import { blockOf } from './blocks.ts'
import { idOf } from './incoming.ts'
import type { Head } from './view.ts'

/** Rows that are looked through at a time, each in a transaction of its own. */
const ERASE_ROWS = 2_000

const MENTIONED = `SELECT EXISTS (
  SELECT FROM crosschat.events, unnest($2::text[]) AS name WHERE stream = $1
    AND (strpos(text, name) > 0 OR strpos(lower(text), lower(name)) > 0)
) AS mentioned`
const SOME = 'SELECT row, text FROM crosschat.events WHERE stream = $1 AND row >= $2 AND row < $3 ORDER BY row'
/** Of two rows with one id, as files may hold them, the second stands here without; it stays so. */
const CHANGE = `UPDATE crosschat.events AS e SET text = given.text,
    message_id = CASE WHEN e.message_id IS NULL THEN NULL ELSE given.id END
  FROM unnest($2::int[], $3::text[], $4::text[]) AS given(row, text, id) WHERE e.stream = $1 AND e.row = given.row`
const RESIGN = 'DELETE FROM crosschat.blocks WHERE stream = $1 AND block = ANY ($2)'
const CHANGED = 'UPDATE crosschat.transcripts SET changes = changes + 1, bytes = bytes + $2 WHERE n = $1'

export interface Erased {
  events: number
  names: Set<string>
}

/** Whether anything in the stream speaks of the person at all. */
export async function mentions(runner: Runner, n: number, { authorId, names }: Person): Promise<boolean> {
  const escaped = [authorId, ...names].map((text) => JSON.stringify(text).slice(1, -1))
  const [row] = await runner.rows<{ mentioned: boolean }>({ text: MENTIONED, values: [n, escaped] })
  return row?.mentioned ?? false
}

/** Piece by piece: a kill leaves some rows as they were, and the same call does the rest. What was signed and has changed is signed no more. */
export async function eraseAll(database: Database, { n, rows }: Head, person: Person): Promise<Erased> {
  const all: Erased = { events: 0, names: new Set() }
  for (let from = 0; from < rows; from += ERASE_ROWS) {
    const erased = await database.transaction((runner) => eraseFrom(runner, n, from, person))
    all.events += erased.events
    for (const name of erased.names) all.names.add(name)
  }
  return all
}

/** Takes a person out of the rows from one on, in place. */
async function eraseFrom(runner: Runner, n: number, from: number, person: Person): Promise<Erased> {
  const erased: Erased = { events: 0, names: new Set() }
  const changed: { row: number; text: string; id: string | null }[] = []
  let grown = 0
  for (const { row, text } of await runner.rows<{ row: number; text: string }>({
    text: SOME,
    values: [n, from, from + ERASE_ROWS],
  })) {
    const content: ChatEvent | Gap = JSON.parse(text)
    const blanked = content.kind === 'gap' ? null : blankedFor(content, person)
    if (blanked === null) continue
    if (blanked.own) erased.events += 1
    for (const name of blanked.names) erased.names.add(name)
    const instead = JSON.stringify(blanked.event)
    grown += Buffer.byteLength(instead) - Buffer.byteLength(text)
    changed.push({ row, text: instead, id: idOf(blanked.event) })
  }
  if (changed.length > 0) await write(runner, n, changed, grown)
  return erased
}

async function write(
  runner: Runner,
  n: number,
  changed: { row: number; text: string; id: string | null }[],
  grown: number,
): Promise<void> {
  const rows = changed.map(({ row }) => row)
  const values = [n, rows, changed.map(({ text }) => text), changed.map(({ id }) => id)]
  await runner.rows({ text: CHANGE, values })
  await runner.rows({ text: RESIGN, values: [n, [...new Set(rows.map(blockOf))]] })
  await runner.rows({ text: CHANGED, values: [n, grown] })
}
