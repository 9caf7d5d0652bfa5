import type { Database } from '../../keeping/database.ts'
import { soundStreamId } from '../paths.ts'
import type { EventRow } from './rows.ts'
import type { Head } from './view.ts'

/** Rows that are read at a time from a transcript's end, or given to another store. */
export const CHUNK_ROWS = 2_000

const HEAD = 'SELECT n, rows, messages, changes, epochs FROM crosschat.transcripts WHERE stream_id = $1'
const WITH_EPOCHS =
  'SELECT seq, text, epoch FROM crosschat.events WHERE stream = $1 AND row >= $2 AND row < $3 ORDER BY row'

/** A transcript as it stands. */
export type Standing = Head & { messages: number; epochs: string[] }
export type WithEpoch = EventRow & { epoch: string }

/** Null = there is none. */
export async function standingOf(database: Database, streamId: string): Promise<Standing | null> {
  const [head] = await database.rows<Standing>({ text: HEAD, values: [soundStreamId(streamId)] })
  return head ?? null
}

/** From the end, chunk by chunk, as long as somebody reads. */
export async function* backwards(database: Database, head: Standing): AsyncGenerator<WithEpoch> {
  for (let below = head.rows; below > 0; below -= CHUNK_ROWS) {
    const rows = await withEpochs(database, head, below - CHUNK_ROWS, below)
    yield* rows.reverse()
  }
}

export async function withEpochs(
  database: Database,
  { n, epochs }: Standing,
  from: number,
  until: number,
): Promise<WithEpoch[]> {
  const rows = await database.rows<EventRow & { epoch: number }>({ text: WITH_EPOCHS, values: [n, from, until] })
  return rows.map(({ seq, text, epoch }) => ({ seq, text, epoch: epochs[epoch - 1] ?? '' }))
}
