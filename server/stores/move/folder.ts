import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { exists, FILE_MODE, isMissing } from '../../../workers/keeping/files.ts'
import { Space } from '../../../workers/keeping/space.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'
import type { Archive } from '../archive.ts'
import { ArchiveClient } from '../archive-client.ts'
import { openEmbedded } from '../nedb/index.ts'
import { lockFolder } from '../nedb/lock.ts'
import { makePlace } from '../nedb/place.ts'
import { Table } from '../nedb/table.ts'
import type { KeptDocument } from './tables.ts'

/** What stands in a data folder, as it stands. Nobody else uses the folder until it is closed. */
export interface Folder {
  /** Names this installation, also to a database that it was moved into. */
  id: string
  path: string
  documents(file: string): Promise<KeptDocument[]>
  archive: Archive
  close(): Promise<void>
}

/** A folder in which nothing was ever kept has nothing to move. */
const ID_FILE = 'moved-as'

export async function openFolder(dataDir: string, note: Note): Promise<Folder> {
  const folder = resolve(dataDir)
  if (!(await exists(join(folder, 'accounts.db')))) throw new Error(`There is no installation in ${folder}.`)
  // Brings it into its newest form, and repairs what has to be.
  await (await openEmbedded({ dataDir, note })).close()
  const lock = await lockFolder(folder)
  try {
    const space = new Space(folder, 0)
    const place = makePlace(folder, space, note, Date.now)
    const orders = { folder: join(folder, 'archive'), remembered: 0, keepFree: 0 }
    const archive = await ArchiveClient.start(orders, note)
    return {
      id: await idOf(folder),
      path: folder,
      archive,
      async documents(file) {
        const table = await Table.open<{ id: string }>({ ...place.file(file), fields: [] })
        const records = await table.all({})
        await table.close()
        return records.map(kept)
      },
      close: () => archive.close().finally(() => lock.release()),
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** `liveOf` is how the embedded store keeps a channel from two running streams. */
function kept({ liveOf: _, ...record }: { id: string; liveOf?: unknown }): KeptDocument {
  return { id: record.id, text: JSON.stringify(record) }
}

async function idOf(folder: string): Promise<string> {
  const path = join(folder, ID_FILE)
  const standing = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return ''
    throw error
  })
  if (standing !== '') return standing
  const id = randomUUID()
  await writeFile(path, id, { mode: FILE_MODE })
  return id
}
