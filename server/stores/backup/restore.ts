import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { makeFolder } from '../../../workers/keeping/files.ts'
import { Space } from '../../../workers/keeping/space.ts'
import { CrossChatError } from '../../errors.ts'
import { lockFolder } from '../nedb/lock.ts'
import { occupants, putInPlace, RESTORING, settle } from './settle.ts'
import { type Unpacked, unpack } from './unpack.ts'

export interface Restoring {
  dataDir: string
  /** What stands in the folder is moved aside; else a folder in which something stands is refused. */
  replace: boolean
}

export interface Restored extends Unpacked {
  /** The folder that what stood there has moved to. */
  aside: string | null
}

/**
 * Puts a backup in the place of a data folder that no process uses. It is unpacked and checked beside what stands there first; one that is
 * damaged in any way changes nothing.
 */
export async function restoreBackup({ dataDir, replace }: Restoring, from: () => Readable): Promise<Restored> {
  const folder = resolve(dataDir)
  const lock = await lockFolder(folder)
  try {
    await settle(folder)
    if (!replace) await requireEmpty(folder)
    const space = new Space(folder)
    await makeFolder(join(folder, RESTORING))
    const unpacked = await unpack(from(), join(folder, RESTORING), (bytes) => space.require(bytes))
    const aside = await putInPlace(folder, new Date())
    return { ...unpacked, aside: aside === null ? null : join(folder, aside) }
  } finally {
    await rm(join(folder, RESTORING), { recursive: true, force: true })
    await lock.release()
  }
}

async function requireEmpty(folder: string): Promise<void> {
  const [first] = await occupants(folder)
  if (first === undefined) return
  const message = `${folder} is not empty (${first}). Give another DATA_DIR, or say --replace: then what stands there is moved aside, not deleted. Nothing was changed.`
  throw new CrossChatError('folder_not_empty', { message })
}
