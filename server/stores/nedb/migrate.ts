import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { escapeLineBreaks } from '../../../workers/keeping/datafile.ts'
import { exists, FILE_MODE, FOLDER_MODE, makeFolder, sizeOf, syncFolder } from '../../../workers/keeping/files.ts'
import { endsWell, parse, pieces } from '../../../workers/keeping/lines.ts'
import type { Space } from '../../../workers/keeping/space.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'
import { MIGRATIONS, type Migration } from './migration.ts'
import { FIRST_SCHEMA, readSchema, SCHEMA_FILE, writeSchema } from './schema.ts'

/**
 * How a data folder comes into the form of this CrossChat, so that a kill at any time leaves either all of the old or, after the next
 * start, all of the new. For each step:
 *
 *   migrating            its files are being written anew; worth nothing yet
 *   migrated-N           whole and on the disk: from this one rename on they count. Each original gets a second name below
 *                        before-schema-N, then the new file takes its place
 *   before-schema-N      the originals, until a later start went well
 */
const MIGRATING = 'migrating'
const MIGRATED = /^migrated-(?<schema>\d{1,9})$/
const ORIGINALS = /^before-schema-\d{1,9}$/

export interface Migrating {
  folder: string
  space: Space
  note: Note
  migrations?: readonly Migration[]
  /** Called before each change of the folder. */
  before?(what: string): void
}

/** Call it with the folder's lock in hand. Throws, and changes nothing, when the folder is in a newer form than this CrossChat knows. */
export async function migrate(migrating: Migrating): Promise<void> {
  const { folder, note, migrations = MIGRATIONS } = migrating
  const known = FIRST_SCHEMA + migrations.length
  const begun = await begunStep(folder)
  const found = Math.max(await readSchema(folder, note), begun ?? 0)
  if (found > known) throw newer(folder, found, known)
  await rm(join(folder, MIGRATING), { recursive: true, force: true })
  if (begun !== null) await putInPlace(migrating, begun)
  for (const migration of migrations.filter(({ to }) => to > found)) await step(migrating, migration)
  if (!(await exists(join(folder, SCHEMA_FILE)))) await say(migrating, known)
}

/** Folders with what stood here before a step. */
export async function originals(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => ORIGINALS.test(name)).map((name) => join(folder, name))
}

function newer(folder: string, found: number, known: number): Error {
  const message = `The data folder ${folder} has the form ${found}, and this CrossChat knows up to ${known}: a newer one has used it. Start that one, or restore a backup from before into another DATA_DIR. Nothing was changed.`
  return new Error(message)
}

async function step(migrating: Migrating, migration: Migration): Promise<void> {
  const { folder, space, note, before } = migrating
  const files = (await filesBelow(folder)).filter((path) => migration.touches(path))
  await space.require((await Promise.all(files.map((path) => sizeOf(join(folder, path))))).reduce(sum, 0))
  note('info', 'the data folder is brought into a new form', {
    to: migration.to,
    does: migration.does,
    files: files.length,
  })
  before?.('clear')
  await rm(join(folder, originalsOf(migration.to)), { recursive: true, force: true })
  await makeFolder(join(folder, MIGRATING))
  for (const path of files) {
    before?.(`write ${path}`)
    await rewrite(folder, path, migration)
  }
  before?.('count')
  await rename(join(folder, MIGRATING), join(folder, `migrated-${migration.to}`))
  await syncFolder(folder)
  await putInPlace(migrating, migration.to)
}

async function rewrite(folder: string, path: string, migration: Migration): Promise<void> {
  const to = join(folder, MIGRATING, path)
  await mkdir(dirname(to), { recursive: true, mode: FOLDER_MODE })
  const bytes = await readFile(join(folder, path))
  const file = await open(to, 'wx', FILE_MODE)
  try {
    await file.writeFile(changed(bytes, path, migration))
    await file.sync()
  } finally {
    await file.close()
  }
  await syncFolder(dirname(to))
}

/** Damaged lines stay as they are: opening the file repairs it, and knows how. */
function changed(bytes: Buffer, path: string, migration: Migration): Buffer {
  const lines = pieces(bytes).map((piece) => {
    const parsed = parse(bytes, piece)
    const end = endsWell(bytes, piece) ? '\n' : ''
    if (parsed?.kind !== 'document') return Buffer.concat([bytes.subarray(piece.start, piece.end), Buffer.from(end)])
    return Buffer.from(escapeLineBreaks(JSON.stringify(migration.change(parsed.document, path))) + end)
  })
  return Buffer.concat(lines)
}

async function putInPlace({ folder, before }: Migrating, schema: number): Promise<void> {
  const from = join(folder, `migrated-${schema}`)
  for (const path of await filesBelow(from)) {
    before?.(`keep ${path}`)
    await keepOriginal(folder, path, schema)
    before?.(`replace ${path}`)
    await rename(join(from, path), join(folder, path))
    await syncFolder(dirname(join(folder, path)))
  }
  before?.('say')
  await writeSchema(folder, schema)
  before?.('end')
  await rm(from, { recursive: true, force: true })
}

/** By a second name, so that the file is never missing under its first. One that has it already was kept before a kill. */
async function keepOriginal(folder: string, path: string, schema: number): Promise<void> {
  const kept = join(folder, originalsOf(schema), path)
  await mkdir(dirname(kept), { recursive: true, mode: FOLDER_MODE })
  await link(join(folder, path), kept).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  await syncFolder(dirname(kept))
}

/** A folder without the file has the first form and says so as soon as the disk takes it. */
async function say({ folder, note }: Migrating, schema: number): Promise<void> {
  await writeSchema(folder, schema).catch((error: unknown) => {
    note('warn', 'the form of the data folder could not be written down', { err: error })
  })
}

async function begunStep(folder: string): Promise<number | null> {
  const begun = (await readdir(folder)).flatMap((name) => MIGRATED.exec(name)?.groups?.schema ?? [])
  return begun.length === 0 ? null : Math.max(...begun.map(Number))
}

/** Tables, and below `archive/` the files of transcripts; by path with `/`. */
async function filesBelow(folder: string): Promise<string[]> {
  const tables = await tablesIn(folder)
  const streams = (await exists(join(folder, 'archive'))) ? await readdir(join(folder, 'archive')) : []
  const transcripts = await Promise.all(
    streams.map(async (id) => (await tablesIn(join(folder, 'archive', id))).map((name) => `archive/${id}/${name}`)),
  )
  return [...tables, ...transcripts.flat()]
}

async function tablesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.db'))
    .map(({ name }) => name)
    .sort()
}

const originalsOf = (schema: number) => `before-schema-${schema}`
const sum = (a: number, b: number) => a + b
