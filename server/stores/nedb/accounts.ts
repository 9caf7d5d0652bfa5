import type { Account, Accounts } from '../stores.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export async function openAccounts(place: Place): Promise<Accounts & { close(): Promise<void> }> {
  const table = await Table.open<Account>({
    ...place.file('accounts'),
    unique: ['handle'],
    fields: ['username', 'handle', 'passwordHash', 'owner', 'sessionEpoch', 'createdAt'],
  })
  return {
    async insert(account) {
      await table.insert(account, 'name_taken')
      await table.sync()
    },
    byId: (id) => table.byId(id),
    byHandle: (handle) => table.one({ handle }),
    count: () => table.count(),
    async setPassword(id, passwordHash) {
      const changed = await table.change(id, (account) => ({
        ...account,
        passwordHash,
        sessionEpoch: account.sessionEpoch + 1,
      }))
      if (changed !== null) await table.sync()
      return changed
    },
    close: () => table.close(),
  }
}
