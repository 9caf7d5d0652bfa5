import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Database } from '../../../workers/keeping/database.ts'

/** Both sides as they lie there: lines of files and rows of tables, read by nothing of the product. */

/** How many, and a sum over all of them. */
export interface Sum {
  count: number
  sum: string
}

/** File of the folder → table of the database: a list of the soak's own, so that none is forgotten in both. */
export function tablesOf(dataDir: string): { file: string; table: string }[] {
  return readdirSync(dataDir)
    .filter((name) => name.endsWith('.db'))
    .map((name) => ({ file: join(dataDir, name), table: name.replace(/\.db$/, '').replaceAll('-', '_') }))
}

export function recordsInFile(path: string): Sum {
  const texts = documentsIn(path).map(({ _id, liveOf: _, ...rest }) => canonical({ id: _id, ...rest }))
  return sumOf(texts.sort())
}

export async function recordsInTable(database: Database, table: string): Promise<Sum> {
  const rows = await database.rows<{ text: string }>({ text: `SELECT doc::text AS text FROM crosschat.${table}` })
  return sumOf(rows.map(({ text }) => canonical(JSON.parse(text))).sort())
}

/** Texts of events and gaps in their order. */
export function transcriptInFiles(dataDir: string, streamId: string): Sum {
  const folder = join(dataDir, 'archive', streamId)
  const segments = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^\d+\.db$/.test(name))
        .sort()
    : []
  return sumOf(segments.flatMap((name) => textsOfSegment(join(folder, name))))
}

export async function transcriptInRows(database: Database, streamId: string): Promise<Sum> {
  const text = `SELECT count(*)::int AS count, coalesce(string_agg(md5(text), '' ORDER BY row), '') AS sums
    FROM crosschat.events WHERE stream = (SELECT n FROM crosschat.transcripts WHERE stream_id = $1)`
  const [row] = await database.rows<{ count: number; sums: string }>({ text, values: [streamId] })
  return { count: row?.count ?? 0, sum: md5(row?.sums ?? '') }
}

/** What one segment holds besides its head. */
function textsOfSegment(path: string): string[] {
  const records = documentsIn(path).filter(({ _id }) => _id !== '#head')
  return records.sort((a, b) => (a._id < b._id ? -1 : 1)).map(({ text }) => String(text))
}

/** NeDB's lines: the last one of an id counts. */
function documentsIn(path: string): (Record<string, unknown> & { _id: string })[] {
  const standing = new Map<string, Record<string, unknown> & { _id: string }>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('{"$$indexCreated"')) continue
    const { $$deleted: deleted, ...document } = JSON.parse(line)
    if (deleted === true) standing.delete(document._id)
    else standing.set(document._id, document)
  }
  return [...standing.values()]
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join()}}`
}

function sumOf(texts: readonly string[]): Sum {
  return { count: texts.length, sum: md5(texts.map(md5).join('')) }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

/** On the disk. */
export async function bytesOf(dataDir: string, url: string): Promise<{ folder: number; database: number }> {
  const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
  const files = names.map((name) => statSync(join(dataDir, name))).filter((each) => each.isFile())
  const text = 'SELECT pg_database_size(current_database())::float8 AS bytes'
  const [row] = await withDatabase(url, (database) => database.rows<{ bytes: number }>({ text }))
  return { folder: files.reduce((sum, { size }) => sum + size, 0), database: row?.bytes ?? 0 }
}

const STATEMENT_MS = 120_000

export async function withDatabase<R>(url: string, task: (database: Database) => Promise<R>): Promise<R> {
  const database = new Database({ url, connections: 1, statementMs: STATEMENT_MS, note: () => undefined })
  try {
    return await task(database)
  } finally {
    await database.close()
  }
}
