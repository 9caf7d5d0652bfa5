import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { exists, FILE_MODE, syncFile, syncFolder } from '../../../workers/keeping/files.ts'
import { Space } from '../../../workers/keeping/space.ts'
import { CrossChatError } from '../../errors.ts'
import { diskFailure } from './disk-failure.ts'
import type { Head } from './manifest.ts'
import { requireSettled } from './settle.ts'
import { type Written, writeBackup } from './write.ts'

export interface Saving {
  dataDir: string
  crosschat: string
  secret: Head['secret']
}

/** Writes a backup as a file that appears whole, on the disk, and for this user alone. A file that stands there already is not touched. */
export async function saveBackup(saving: Saving, file: string): Promise<Written> {
  const path = resolve(file)
  if (await exists(path)) {
    const message = `${path} exists already. Nothing was written; choose another name.`
    throw new CrossChatError('file_exists', { message })
  }
  const draft = `${path}.${process.pid}.part`
  try {
    const written = await save(saving, await open(draft, 'wx', FILE_MODE), new Space(dirname(path)))
    await syncFile(draft)
    await rename(draft, path)
    await syncFolder(dirname(path))
    return written
  } catch (error) {
    await rm(draft, { force: true })
    throw diskFailure(error, 'No backup was made.')
  }
}

/** Writes it to a stream, which ends with it. Whoever reads it sees by the manifest at its end that it is whole. */
export function streamBackup(saving: Saving, to: Writable): Promise<Written> {
  return backup(saving, to, async () => undefined)
}

/** Closes the file, whatever happens. */
async function save(saving: Saving, draft: FileHandle, space: Space): Promise<Written> {
  const to = draft.createWriteStream()
  try {
    return await backup(saving, to, (bytes) => space.require(bytes))
  } finally {
    to.destroy()
    await draft.close()
  }
}

async function backup(saving: Saving, to: Writable, room: (bytes: number) => Promise<void>): Promise<Written> {
  const folder = resolve(saving.dataDir)
  await requireSettled(folder)
  return writeBackup({ folder, crosschat: saving.crosschat, secret: saving.secret, room }, to)
}
