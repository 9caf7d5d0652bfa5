import type { KeptWaiting, Webhook, Webhooks } from '../programs.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

/** Without the texts, which may be long. */
const OWING = `WHERE doc->>'paused' IS NULL
  AND id IN (SELECT id FROM crosschat.waiting WHERE (doc->>'count')::float8 > 0)`

export function openWebhooks({ database }: Place): Webhooks {
  const table = new Table<Webhook>(database, 'webhooks')
  const waiting = new Table<KeptWaiting>(database, 'waiting')
  return {
    all: () => table.all({}),
    put: (webhook) => table.put(webhook),
    async remove(id) {
      const removed = await table.remove(id)
      await waiting.remove(id)
      return removed
    },
    keepWaiting: (kept) => waiting.put(kept),
    waiting: () => waiting.all({}),
    async owing() {
      const owing = await table.find(OWING)
      return [...new Set(owing.map(({ channelId }) => channelId))]
    },
  }
}
