import { type Erasure, type Erasures, MAX_ERASURES } from '../erasures.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openErasures({ database }: Place): Erasures {
  const table = new Table<Erasure>(database, 'erasures')
  return {
    async put(erasure) {
      await table.put(erasure)
      const { channelId } = erasure
      const kept = 'SELECT id FROM crosschat.erasures WHERE channel_id = $1 AND finished_at IS NOT NULL'
      const surplus = `${kept} ORDER BY started_at DESC, id OFFSET $2`
      await table.removeWhere(`WHERE id IN (${surplus})`, [channelId, MAX_ERASURES])
    },
    byChannel: (channelId) => table.all({ channelId }, 'started_at DESC, id'),
    unfinished: () => table.all({ finishedAt: null }, 'started_at, id'),
    async forget(channelId) {
      await table.removeAll({ channelId })
    },
  }
}
