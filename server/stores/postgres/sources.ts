import type { Sources, StoredSource } from '../sources.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

/** The whole of it is one text, as in the embedded store. */
interface Row {
  id: string
  channelId: string
  source: string
}

export function openSources({ database }: Place): Sources {
  const table = new Table<Row>(database, 'sources')
  return {
    put: (source) => table.put(toRow(source)),
    async learn(where, learnt) {
      await table.change(idOf(where), (row) => {
        const source = toSource(row)
        return source.name === where.name ? toRow({ ...source, ...learnt }) : row
      })
    },
    all: async () => (await table.all({})).map(toSource),
    byChannel: async (channelId) => (await table.all({ channelId })).map(toSource),
    remove: (channelId, platform) => table.remove(idOf({ channelId, platform })),
  }
}

function idOf({ channelId, platform }: Pick<StoredSource, 'channelId' | 'platform'>): string {
  return `${channelId}.${platform}`
}

function toRow(source: StoredSource): Row {
  return { id: idOf(source), channelId: source.channelId, source: JSON.stringify(source) }
}

function toSource({ source }: Row): StoredSource {
  return JSON.parse(source)
}
