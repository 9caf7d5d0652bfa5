import type { KeptWaiting, Webhook, Webhooks } from '../programs.ts'
import type { Place } from './place.ts'
import { jsonIn, Table } from './table.ts'

export async function openWebhooks(place: Place): Promise<Webhooks & { close(): Promise<void> }> {
  const table = await Table.open<Webhook>({
    ...place.file('webhooks'),
    indexed: ['channelId'],
    fields: ['channelId', 'name', 'url', 'events', 'secret', 'retiring', 'paused', 'createdAt'],
  })
  const waiting = await Table.open<KeptWaiting>({ ...place.file('waiting'), fields: ['texts', 'count'], sound })
  return {
    all: () => table.all({}),
    async put(webhook) {
      await table.put(webhook)
      await table.sync()
    },
    async remove(id) {
      const removed = await table.remove(id)
      if (removed) await table.sync()
      await waiting.remove(id)
      return removed
    },
    async keepWaiting(kept) {
      const before = await waiting.byId(kept.id)
      await waiting.put(kept)
      // Texts that wait in memory from here on stand in no older line of the file.
      if (before !== null && before.texts !== null) await waiting.rewrite()
    },
    waiting: () => waiting.all({}),
    async owing() {
      const owed = new Set((await waiting.all({})).filter(({ count }) => count > 0).map(({ id }) => id))
      const owing = (await table.all({})).filter(({ id, paused }) => paused === null && owed.has(id))
      return [...new Set(owing.map(({ channelId }) => channelId))]
    },
    async close() {
      await waiting.close()
      await table.close()
    },
  }
}

/** Each text goes out as it stands, inside of a delivery: one that is no JSON would spoil those beside it. */
function sound({ texts, count }: Pick<KeptWaiting, 'texts' | 'count'>): boolean {
  const whole = texts === null || (Array.isArray(texts) && texts.every((text) => jsonIn(text) !== undefined))
  return whole && Number.isSafeInteger(count)
}
