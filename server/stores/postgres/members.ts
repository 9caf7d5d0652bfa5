import type { Members, Membership } from '../members.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

/** The id is made of both, so that nobody is a member twice. */
type Row = Membership & { id: string }

export function openMembers({ database }: Place): Members {
  const table = new Table<Row>(database, 'members')
  return {
    insert: (membership) =>
      table.insert({ id: idOf(membership.channelId, membership.accountId), ...membership }, 'member_already'),
    one: async (channelId, accountId) => membershipOf(await table.byId(idOf(channelId, accountId))),
    byChannel: async (channelId) => (await table.all({ channelId }, 'since, id')).flatMap(memberships),
    byAccount: async (accountId) => (await table.all({ accountId }, 'since, id')).flatMap(memberships),
    setRole: async (channelId, accountId, role) =>
      membershipOf(await table.change(idOf(channelId, accountId), (row) => ({ ...row, role }))),
    remove: (channelId, accountId) => table.remove(idOf(channelId, accountId)),
  }
}

function idOf(channelId: string, accountId: string): string {
  return `${channelId}.${accountId}`
}

function memberships(row: Row): Membership[] {
  const membership = membershipOf(row)
  return membership === null ? [] : [membership]
}

function membershipOf(row: Row | null): Membership | null {
  if (row === null) return null
  const { id: _, ...membership } = row
  return membership
}
