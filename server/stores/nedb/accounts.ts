import type { Account, Accounts } from '../accounts.ts'
import { type Page, readCursor } from '../page.ts'
import type { Place } from './place.ts'
import { restoreOne, Table } from './table.ts'

export async function openAccounts(place: Place): Promise<Accounts & { close(): Promise<void> }> {
  const table = await Table.open<Account>({
    ...place.file('accounts'),
    unique: ['handle'],
    fields: ['username', 'handle', 'passwordHash', 'owner', 'sessionEpoch', 'createdAt'],
    lasting: true,
  })
  return {
    insert: (account) => table.insert(account, 'name_taken'),
    byId: (id) => table.byId(id),
    byHandle: (handle) => table.one({ handle }),
    count: () => table.count(),
    page: (limit, before) => page(table, limit, before),
    async seen(id, at) {
      await table.change(id, (account) => ({ ...account, seenAt: at }))
    },
    suspend: (id, at) =>
      table.change(id, ({ suspendedAt: _, ...account }) => ({
        ...account,
        ...(at !== null && { suspendedAt: at }),
        sessionEpoch: account.sessionEpoch + 1,
      })),
    remove: (id) => table.remove(id),
    setPassword: (id, passwordHash) =>
      table.change(id, (account) => ({ ...account, passwordHash, sessionEpoch: account.sessionEpoch + 1 })),
    close: () => table.close(),
  }
}

/** The cursor says where the page before ended: time and id, so that it still fits when that account is gone. */
async function page(table: Table<Account>, limit: number, before: string | null): Promise<Page<Account>> {
  const [at = '-1', id = ''] = before === null ? [] : readCursor(before, /^(\d{1,16})\.([\w-]{1,64})$/)
  const rows = await table.read((engine) =>
    engine
      .find({ $or: [{ createdAt: { $gt: Number(at) } }, { createdAt: Number(at), _id: { $gt: id } }] })
      .sort({ createdAt: 1, _id: 1 })
      .limit(limit + 1),
  )
  const items = rows.slice(0, limit).map((row) => restoreOne<Account>(row))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? `${last.createdAt}.${last.id}` : null }
}
