import { Database } from '../../../workers/keeping/database.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'
import type { Archive } from '../archive.ts'
import { ArchiveClient } from '../archive-client.ts'
import { asItWas, stored, storedText, textAsItWas } from '../postgres/any-text.ts'
import { prepare } from '../postgres/index.ts'
import { type KeptDocument, TABLES } from './tables.ts'

/** The database that an installation is moved into. */
export interface Target {
  /** Whether it has an installation, which one, and whether all of it; null = it is empty. Throws where it holds something else. */
  origin(): Promise<{ id: string; finished: boolean } | null>
  begin(id: string): Promise<void>
  finish(id: string): Promise<void>
  documents(table: string): Promise<KeptDocument[]>
  /** In the place of whatever stands there. */
  replace(table: string, documents: readonly KeptDocument[]): Promise<void>
  archive: Archive
  close(): Promise<void>
}

/** One statement may go through a whole table. */
const STATEMENT_MS = 10 * 60 * 1_000
const CONNECTIONS = 2
/** Records of one statement. */
const PUT_AT_ONCE = 1_000

export async function openTarget(url: string, note: Note): Promise<Target> {
  await prepare(url, note, { unfinished: true })
  const database = new Database({ url, connections: CONNECTIONS, statementMs: STATEMENT_MS, note })
  const archive = await ArchiveClient.start({ url, remembered: 0 }, note)
  return {
    origin: () => originOf(database),
    async begin(id) {
      await database.rows({ text: 'INSERT INTO crosschat.moved VALUES ($1, false)', values: [id] })
    },
    async finish(id) {
      await database.rows({ text: 'UPDATE crosschat.moved SET finished = true WHERE id = $1', values: [id] })
    },
    async documents(table) {
      const found = await database.rows<KeptDocument>({
        text: `SELECT id, doc::text AS text FROM crosschat.${known(table)}`,
      })
      return found.map(({ id, text }) => ({ id: textAsItWas(id), text: asItWas(text) }))
    },
    replace: (table, documents) => replace(database, known(table), documents),
    archive,
    close: () => archive.close().finally(() => database.close()),
  }
}

async function originOf(database: Database): Promise<{ id: string; finished: boolean } | null> {
  const [moved] = await database.rows<{ id: string; finished: boolean }>({
    text: 'SELECT id, finished FROM crosschat.moved',
  })
  if (moved !== undefined) return moved
  for (const table of [...TABLES.map(({ table }) => table), 'transcripts']) {
    const found = await database.rows({ text: `SELECT FROM crosschat.${table} LIMIT 1` })
    if (found.length > 0)
      throw new Error(`The database is in use already: its table ${table} is not empty. Nothing was changed.`)
  }
  return null
}

async function replace(database: Database, table: string, documents: readonly KeptDocument[]): Promise<void> {
  await database.transaction(async (runner) => {
    await runner.rows({ text: `DELETE FROM crosschat.${table}` })
    for (let from = 0; from < documents.length; from += PUT_AT_ONCE) {
      const some = documents.slice(from, from + PUT_AT_ONCE)
      await runner.rows({
        text: `INSERT INTO crosschat.${table} (id, doc) SELECT id, doc::json FROM unnest($1::text[], $2::text[]) AS given(id, doc)`,
        values: [some.map(({ id }) => storedText(id)), some.map(({ text }) => stored(text))],
      })
    }
  })
}

function known(table: string): string {
  if (TABLES.some((each) => each.table === table)) return table
  throw new TypeError(`There is no table ${table}.`)
}
