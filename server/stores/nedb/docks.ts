import type { Dock, Docks } from '../overlays.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export async function openDocks(place: Place): Promise<Docks & { close(): Promise<void> }> {
  const table = await Table.open<Dock>({
    ...place.file('docks'),
    indexed: ['channelId'],
    fields: ['channelId', 'name', 'scope', 'keyVersion', 'createdAt'],
  })
  return {
    insert: (dock) => table.insert(dock),
    byId: (id) => table.byId(id),
    byChannel: async (channelId) => (await table.all({ channelId })).sort((a, b) => a.createdAt - b.createdAt),
    async raiseKeyVersion(id) {
      const raised = await table.change(id, (dock) => ({ ...dock, keyVersion: dock.keyVersion + 1 }))
      if (raised !== null) await table.sync()
      return raised
    },
    async remove(id) {
      const removed = await table.remove(id)
      if (removed) await table.sync()
      return removed
    },
    close: () => table.close(),
  }
}
