import { randomUUID } from 'node:crypto'
import type { Database } from '../../keeping/database.ts'

/** No stream's id begins so. */
const PREFIX = '.removed-'
/** Rows that one statement removes. */
const REMOVE_ROWS = 20_000

/** What a transcript is called from its removal until the last of it is gone. */
export const removedName = (): string => `${PREFIX}${randomUUID()}`

/** Takes away what is called so, also where a process before broke off. */
export async function finishRemovals(database: Database): Promise<void> {
  const text = 'SELECT n FROM crosschat.transcripts WHERE starts_with(stream_id, $1)'
  const removed = await database.rows<{ n: number }>({ text, values: [PREFIX] })
  for (const { n } of removed) {
    await removeRows(database, n)
    await database.rows({ text: 'DELETE FROM crosschat.blocks WHERE stream = $1', values: [n] })
    await database.rows({ text: 'DELETE FROM crosschat.transcripts WHERE n = $1', values: [n] })
  }
}

async function removeRows(database: Database, n: number): Promise<void> {
  const text = `WITH gone AS (
    DELETE FROM crosschat.events WHERE stream = $1 AND row < $2 RETURNING row
  ) SELECT count(*)::int AS count FROM gone`
  const [last] = await database.rows<{ row: number }>({
    text: 'SELECT coalesce(max(row), -1) AS row FROM crosschat.events WHERE stream = $1',
    values: [n],
  })
  for (let until = REMOVE_ROWS; until - REMOVE_ROWS <= (last?.row ?? -1); until += REMOVE_ROWS)
    await database.rows({ text, values: [n, until] })
}
