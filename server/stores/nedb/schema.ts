import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE, isMissing, syncFolder } from '../../../workers/keeping/files.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'

/** Says in which form the data folder is: `{"schema":1}`. */
export const SCHEMA_FILE = 'schema'
/** The first form; a folder without the file has it. */
export const FIRST_SCHEMA = 1

/** What cannot be read counts as the first form: steps leave alone what is in its new form already. */
export async function readSchema(folder: string, note: Note): Promise<number> {
  const path = join(folder, SCHEMA_FILE)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
  if (text === null) return FIRST_SCHEMA
  const number = numberIn(text)
  if (number !== null) return number
  note('warn', 'the form of the data folder could not be read; it counts as the first', { file: path })
  return FIRST_SCHEMA
}

/** Replaced whole, and on the disk when it resolves. */
export async function writeSchema(folder: string, schema: number): Promise<void> {
  const path = join(folder, SCHEMA_FILE)
  const file = await open(`${path}~`, 'w', FILE_MODE)
  try {
    await file.writeFile(JSON.stringify({ schema }))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}~`, path)
  await syncFolder(folder)
}

function numberIn(text: string): number | null {
  try {
    const value: unknown = JSON.parse(text)
    const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : null
    return typeof schema === 'number' && Number.isSafeInteger(schema) && schema >= FIRST_SCHEMA ? schema : null
  } catch {
    return null
  }
}
