import { openPostgres } from '../../../server/stores/postgres/index.ts'
import { postgresBin, startPostgres } from '../../help/postgres.ts'
import { contract, type Driver } from './contract.ts'

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

if (bin !== null) contract('postgres', async () => open(await (await startPostgres(bin)).database()))
