import { type ApiKey, type Keys, TOUCH_STEP } from '../programs.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openKeys({ database }: Place): Keys {
  const table = new Table<ApiKey>(database, 'keys')
  return {
    insert: (key) => table.insert(key),
    byDigest: (digest) => table.one({ digest }),
    byChannel: (channelId) => table.all({ channelId }, 'created_at, id'),
    async touch(id, at) {
      const key = await table.byId(id)
      if (key === null || (key.lastUsedAt !== null && at - key.lastUsedAt < TOUCH_STEP)) return
      await table.change(id, (standing) => ({ ...standing, lastUsedAt: at }))
    },
    remove: (channelId, id) => table.remove(id, { channelId }),
  }
}
