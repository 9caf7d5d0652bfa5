import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../../../workers/keeping/files.ts'
import { ARCHIVE_FOLDER, FLAT_FOLDERS, isKept } from './layout.ts'

/** Streams that have a transcript now. */
export async function streamsIn(folder: string): Promise<string[]> {
  const names = await namesIn(join(folder, ARCHIVE_FOLDER))
  return names.filter((name) => isKept(`${ARCHIVE_FOLDER}/${name}/index.db`)).sort()
}

/**
 * The files below the data folder, in the order in which they may be read while they are written. Marks of what was shown come before the
 * transcripts: nothing may count as shown that no transcript has.
 */
export async function* filesBelow(folder: string, streams: readonly string[]): AsyncGenerator<string> {
  for (const flat of FLAT_FOLDERS) yield* keptIn(flat, await namesIn(join(folder, flat)))
  for (const stream of streams) {
    const path = `${ARCHIVE_FOLDER}/${stream}`
    yield* keptIn(path, (await namesIn(join(folder, path))).sort(byReading))
  }
}

function* keptIn(path: string, names: string[]): Generator<string> {
  for (const name of names) if (isKept(`${path}/${name}`)) yield `${path}/${name}`
}

/** The index first, since it tells which segments are whole; marks last, since they speak of removals in later segments. */
function byReading(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}

function rank(name: string): number {
  if (name.startsWith('index.')) return 0
  return name.includes('.marks.') ? 2 : 1
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
