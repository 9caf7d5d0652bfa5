import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../../server/stores/nedb/index.ts'
import { archiveContract } from './contract/archive.ts'
import type { Driver } from './contract/driver.ts'
import { recordsContract } from './contract/records.ts'

async function open(dataDir: string): Promise<Driver> {
  const stores = await openEmbedded({ dataDir, keepFree: 0, note: () => undefined })
  return {
    stores,
    async reopen() {
      await stores.close()
      return open(dataDir)
    },
    async discard() {
      await stores.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

const openNew = async () => open(await mkdtemp(join(tmpdir(), 'crosschat-stores-')))
recordsContract('embedded', openNew)
archiveContract('embedded', openNew)
