import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE } from '../../../workers/keeping/files.ts'

const NAME = 'last-backup'

/** The newest backup of a data folder that came out whole. */
export interface LastBackup {
  /** The moment that it is of, ms. */
  at: number
  /** Of the files in it, as they lie in the folder. */
  bytes: number
}

/** A word from the command that makes backups to the server, which is another process. It is no part of a backup. */
export async function noteBackup(folder: string, { at, bytes }: LastBackup): Promise<void> {
  const path = join(folder, NAME)
  await writeFile(`${path}~`, JSON.stringify({ at, bytes }), { mode: FILE_MODE })
  await rename(`${path}~`, path)
}

/** Null when none is known; the file may be missing, or hold anything. */
export async function lastBackup(folder: string): Promise<LastBackup | null> {
  const text = await readFile(join(folder, NAME), 'utf8').catch(() => '')
  try {
    const { at, bytes } = JSON.parse(text) as Partial<LastBackup>
    return isCount(at) && isCount(bytes) ? { at, bytes } : null
  } catch {
    return null
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
