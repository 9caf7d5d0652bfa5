import { NO_RULES } from '../../../workers/ruled.ts'
import type { Channel, Channels } from '../accounts.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export async function openChannels(place: Place): Promise<Channels & { close(): Promise<void> }> {
  const table = await Table.open<Channel>({
    ...place.file('channels'),
    unique: ['accountId'],
    fields: ['accountId', 'name', 'rules', 'createdAt'],
  })
  return {
    async insert(channel) {
      await table.insert(channel)
      await table.sync()
    },
    byId: async (id) => withAllRules(await table.byId(id)),
    byAccount: async (accountId) => withAllRules(await table.one({ accountId })),
    async setRules(id, rules) {
      await table.change(id, (channel) => ({ ...channel, rules }))
    },
    async setRetention(id, retentionDays) {
      await table.change(id, (channel) => ({ ...channel, retentionDays }))
      await table.sync()
    },
    retained: () =>
      table.read((engine) =>
        engine
          .getAllData()
          .flatMap(({ _id: id, retentionDays = null }) => (retentionDays === null ? [] : [{ id, retentionDays }])),
      ),
    remove: (id) => table.remove(id),
    close: () => table.close(),
  }
}

/** Rules that were kept before there were so many. */
function withAllRules(channel: Channel | null): Channel | null {
  return channel && { ...channel, rules: { ...NO_RULES, ...channel.rules } }
}
