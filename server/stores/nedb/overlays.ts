import { known } from '../../look.ts'
import type { Overlay, Overlays } from '../overlays.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export async function openOverlays(place: Place): Promise<Overlays & { close(): Promise<void> }> {
  const table = await Table.open<Overlay>({
    ...place.file('overlays'),
    indexed: ['channelId'],
    fields: ['channelId', 'name', 'settings', 'keyVersion', 'createdAt'],
  })
  return {
    insert: (overlay) => table.insert(overlay),
    byId: async (id) => sound(await table.byId(id)),
    byChannel: async (channelId) =>
      (await table.all({ channelId })).map(sound).sort((a, b) => a.createdAt - b.createdAt),
    update: (id, { name, settings }) =>
      table.change(id, (overlay) => ({
        ...overlay,
        name: name ?? overlay.name,
        settings: settings ?? overlay.settings,
      })),
    async raiseKeyVersion(id) {
      const raised = await table.change(id, (overlay) => ({ ...overlay, keyVersion: overlay.keyVersion + 1 }))
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

/** With the settings of which this version knows: the file may have been written by an older or a newer one. */
function sound<T extends Overlay | null>(overlay: T): T {
  return overlay === null ? overlay : { ...overlay, settings: known(overlay.settings) }
}
