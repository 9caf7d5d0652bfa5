import { CrossChatError } from '../../errors.ts'
import type { Account, Accounts } from '../accounts.ts'
import { type Page, readCursor } from '../page.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openAccounts({ database }: Place): Accounts {
  const table = new Table<Account>(database, 'accounts')
  return {
    insert: (account) => (account.owner ? insertOwner(table, account) : table.insert(account, 'name_taken')),
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
  }
}

/** Two servers may both have found that nobody is there. */
function insertOwner(table: Table<Account>, account: Account): Promise<void> {
  return table.inTurn('owner', async (turn) => {
    if ((await turn.count()) > 0) throw new CrossChatError('busy', { retryAfter: 1 })
    await turn.insert(account, 'name_taken')
  })
}

/** The cursor says where the page before ended: time and id, so that it still fits when that account is gone. */
async function page(table: Table<Account>, limit: number, before: string | null): Promise<Page<Account>> {
  const [at = '-1', id = ''] = before === null ? [] : readCursor(before, /^(\d{1,16})\.([\w-]{1,64})$/)
  const behind = 'WHERE (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT $3'
  const found = await table.find(behind, [Number(at), id, limit + 1])
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? `${last.createdAt}.${last.id}` : null }
}
