import { type Erasure, type Erasures, MAX_ERASURES } from '../erasures.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export async function openErasures(place: Place): Promise<Erasures & { close(): Promise<void> }> {
  const table = await Table.open<Erasure>({
    ...place.file('erasures'),
    indexed: ['channelId'],
    fields: [
      'channelId',
      'platform',
      'authorId',
      'names',
      'startedAt',
      'finishedAt',
      'round',
      'after',
      'done',
      'total',
    ],
  })
  const byChannel = async (channelId: string) =>
    (await table.all({ channelId })).sort((a, b) => b.startedAt - a.startedAt)
  return {
    async put(erasure) {
      await table.put(erasure)
      // Whom it was about stands in older lines of the file.
      await (erasure.finishedAt === null ? table.sync() : table.rewrite())
      const finished = (await byChannel(erasure.channelId)).filter(({ finishedAt }) => finishedAt !== null)
      for (const { id } of finished.slice(MAX_ERASURES)) await table.remove(id)
    },
    byChannel,
    unfinished: async () => (await table.all({ finishedAt: null })).sort((a, b) => a.startedAt - b.startedAt),
    async forget(channelId) {
      await table.write((engine) => engine.remove({ channelId }, { multi: true }))
      await table.sync()
    },
    close: () => table.close(),
  }
}
