import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Archived } from '../../../server/stores/archive.ts'
import { openEmbedded } from '../../../server/stores/nedb/index.ts'
import type { Page } from '../../../server/stores/page.ts'
import type { Stores } from '../../../server/stores/stores.ts'
import { REPAIRED } from '../../../workers/keeping/repair.ts'

const PAGE = 500

/** What the stores make of a folder that somebody left. */
export interface Inspection {
  /** Files of which a part had to be cut out. */
  repaired: number
  /** Why it could not be read; null = all of it could. */
  unreadable: string | null
}

/** Opens every data file of a folder and reads each transcript to its end; a copy, so that the folder stays as it was left. */
export async function inspect(dataDir: string, streamIds: readonly string[]): Promise<Inspection> {
  const copy = await mkdtemp(join(tmpdir(), 'crosschat-inspected-'))
  let repaired = 0
  try {
    await cp(dataDir, copy, { recursive: true })
    const note = (_level: string, text: string) => void (text === REPAIRED && repaired++)
    const stores = await openEmbedded({ dataDir: copy, note, keepFree: 0 })
    try {
      for (const id of streamIds) await readWhole(stores, id)
    } finally {
      await stores.close()
    }
    return { repaired, unreadable: null }
  } catch (error) {
    return { repaired, unreadable: String(error) }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

async function readWhole({ archive }: Stores, streamId: string): Promise<void> {
  await archive.open(streamId)
  let cursor: string | null = null
  do {
    const page: Page<Archived> = await archive.page(streamId, PAGE, cursor, {})
    cursor = page.next
  } while (cursor !== null)
}
