import { type ApiKey, type Keys, TOUCH_STEP } from '../programs.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export async function openKeys(place: Place): Promise<Keys & { close(): Promise<void> }> {
  const table = await Table.open<ApiKey>({
    ...place.file('keys'),
    unique: ['digest'],
    indexed: ['channelId'],
    fields: ['channelId', 'name', 'scopes', 'digest', 'createdAt', 'lastUsedAt'],
  })
  return {
    insert: (key) => table.insert(key),
    byDigest: (digest) => table.one({ digest }),
    byChannel: async (channelId) => (await table.all({ channelId })).sort((a, b) => a.createdAt - b.createdAt),
    async touch(id, at) {
      const key = await table.byId(id)
      if (key === null || (key.lastUsedAt !== null && at - key.lastUsedAt < TOUCH_STEP)) return
      await table.change(id, (standing) => ({ ...standing, lastUsedAt: at }))
    },
    async remove(channelId, id) {
      const removed = await table.remove(id, { channelId })
      if (removed) await table.sync()
      return removed
    },
    close: () => table.close(),
  }
}
