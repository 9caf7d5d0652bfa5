import { openPostgres } from '../../../server/stores/postgres/index.ts'
import { postgresBin, startPostgres } from '../../help/postgres.ts'
import { archiveContract } from './contract/archive.ts'
import type { Driver } from './contract/driver.ts'
import { recordsContract } from './contract/records.ts'

const bin = postgresBin('stores: postgres')

async function open(url: string): Promise<Driver> {
  const stores = await openPostgres({ url, note: () => undefined })
  return {
    stores,
    async reopen() {
      await stores.close()
      return open(url)
    },
    discard: () => stores.close(),
  }
}

if (bin !== null) {
  const openNew = async () => open(await (await startPostgres(bin)).database())
  recordsContract('postgres', openNew)
  archiveContract('postgres', openNew)
}
