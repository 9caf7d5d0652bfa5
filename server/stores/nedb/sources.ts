import type { Sources, StoredSource } from '../sources.ts'
import type { Place } from './place.ts'
import { jsonIn, Table } from './table.ts'

/** The whole of it is one text: options and facts have names of a platform's own, which NeDB might not take as fields. */
interface Row {
  id: string
  channelId: string
  source: string
}

export async function openSources(place: Place): Promise<Sources & { close(): Promise<void> }> {
  const table = await Table.open<Row>({
    ...place.file('sources'),
    indexed: ['channelId'],
    fields: ['channelId', 'source'],
    sound: ({ _id, source }) => isSource(_id, jsonIn(source)),
  })
  return {
    async put(source) {
      await table.put(toRow(source))
      await table.sync()
    },
    async learn(where, learnt) {
      await table.change(idOf(where), (row) => {
        const source = toSource(row)
        return source.name === where.name ? toRow({ ...source, ...learnt }) : row
      })
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

function toRow(source: StoredSource): Row {
  return { id: idOf(source), channelId: source.channelId, source: JSON.stringify(source) }
}

function toSource({ source }: Row): StoredSource {
  return JSON.parse(source) as StoredSource
}

/** What everybody who reads a source relies on, and that it stands under its own id; one that a fault changed stops no other. */
function isSource(id: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { channelId, platform, name, options, secrets, facts } = value as Partial<Record<keyof StoredSource, unknown>>
  const isItsOwn = `${channelId}.${platform}` === id && typeof name === 'string'
  return isItsOwn && [options, secrets, facts].every((each) => typeof each === 'object' && each !== null)
}
