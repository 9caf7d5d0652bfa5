import type { KeptWaiting, Webhook, Webhooks } from '../programs.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

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
  }
}
