import type { Sources, StoredSource } from '../stores.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

type Row = StoredSource & { id: string }

export async function openSources(place: Place): Promise<Sources & { close(): Promise<void> }> {
  const table = await Table.open<Row>({
    ...place.file('sources'),
    indexed: ['channelId'],
    fields: ['channelId', 'platform', 'name', 'enabled', 'autoStream', 'options', 'secrets', 'facts', 'createdAt'],
  })
  return {
    async put(source) {
      await table.put({ ...source, id: idOf(source) })
      await table.sync()
    },
    async learn(source, learnt) {
      await table.change(idOf(source), (row) => (row.name === source.name ? { ...row, ...learnt } : row))
    },
    all: async () => (await table.all({})).map(toSource),
    byChannel: async (channelId) => (await table.all({ channelId })).map(toSource),
    async remove(channelId, platform) {
      const removed = await table.remove(idOf({ channelId, platform }))
      if (removed) await table.sync()
      return removed
    },
    close: () => table.close(),
  }
}

function idOf({ channelId, platform }: Pick<StoredSource, 'channelId' | 'platform'>): string {
  return `${channelId}.${platform}`
}

function toSource({ id: _, ...source }: Row): StoredSource {
  return { ...source, broadcast: source.broadcast ?? null }
}
