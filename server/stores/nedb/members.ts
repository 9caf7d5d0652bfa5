import type { Members, Membership } from '../members.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

/** The id is made of both, so that nobody is a member twice. */
type Row = Membership & { id: string }

export async function openMembers(place: Place): Promise<Members & { close(): Promise<void> }> {
  const table = await Table.open<Row>({
    ...place.file('members'),
    indexed: ['channelId', 'accountId'],
    fields: ['channelId', 'accountId', 'role', 'since'],
  })
  return {
    async insert(membership) {
      await table.insert({ id: idOf(membership.channelId, membership.accountId), ...membership }, 'member_already')
      await table.sync()
    },
    one: async (channelId, accountId) => membershipOf(await table.byId(idOf(channelId, accountId))),
    byChannel: async (channelId) => oldestFirst(await table.all({ channelId })),
    byAccount: async (accountId) => oldestFirst(await table.all({ accountId })),
    async setRole(channelId, accountId, role) {
      const changed = await table.change(idOf(channelId, accountId), (row) => ({ ...row, role }))
      if (changed !== null) await table.sync()
      return membershipOf(changed)
    },
    async remove(channelId, accountId) {
      const removed = await table.remove(idOf(channelId, accountId))
      if (removed) await table.sync()
      return removed
    },
    close: () => table.close(),
  }
}

function idOf(channelId: string, accountId: string): string {
  return `${channelId}.${accountId}`
}

function oldestFirst(rows: Row[]): Membership[] {
  return rows.sort((a, b) => a.since - b.since).flatMap((row) => membershipOf(row) ?? [])
}

function membershipOf(row: Row | null): Membership | null {
  if (row === null) return null
  const { id: _, ...membership } = row
  return membership
}
