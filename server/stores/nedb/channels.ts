import type { Channel, Channels } from '../stores.ts'
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
    byId: (id) => table.byId(id),
    byAccount: (accountId) => table.one({ accountId }),
    async setRules(id, rules) {
      await table.change(id, (channel) => ({ ...channel, rules }))
    },
    close: () => table.close(),
  }
}
