import { NO_RULES } from '../../../workers/ruled.ts'
import type { Channel, Channels } from '../accounts.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openChannels({ database }: Place): Channels {
  const table = new Table<Channel>(database, 'channels')
  return {
    insert: (channel) => table.insert(channel),
    byId: async (id) => withAllRules(await table.byId(id)),
    byAccount: async (accountId) => withAllRules(await table.one({ accountId })),
    async setRules(id, rules) {
      await table.change(id, (channel) => ({ ...channel, rules }))
    },
    async setRetention(id, retentionDays) {
      await table.change(id, (channel) => ({ ...channel, retentionDays }))
    },
    async retained() {
      const channels = await table.find(`WHERE doc->>'retentionDays' IS NOT NULL ORDER BY id`)
      return channels.map(({ id, retentionDays }) => ({ id, retentionDays: retentionDays ?? 0 }))
    },
    remove: (id) => table.remove(id),
  }
}

/** Rules that were kept before there were so many. */
function withAllRules(channel: Channel | null): Channel | null {
  return channel && { ...channel, rules: { ...NO_RULES, ...channel.rules } }
}
