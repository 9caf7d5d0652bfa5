import { known } from '../../look.ts'
import type { Overlay, Overlays } from '../overlays.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openOverlays({ database }: Place): Overlays {
  const table = new Table<Overlay>(database, 'overlays')
  return {
    insert: (overlay) => table.insert(overlay),
    byId: async (id) => sound(await table.byId(id)),
    byChannel: async (channelId) => (await table.all({ channelId }, 'created_at, id')).map(sound),
    update: (id, { name, settings }) =>
      table.change(id, (overlay) => ({
        ...overlay,
        name: name ?? overlay.name,
        settings: settings ?? overlay.settings,
      })),
    raiseKeyVersion: (id) => table.change(id, (overlay) => ({ ...overlay, keyVersion: overlay.keyVersion + 1 })),
    remove: (id) => table.remove(id),
  }
}

/** With the settings of which this version knows: the record may have been written by an older or a newer one. */
function sound<T extends Overlay | null>(overlay: T): T {
  return overlay === null ? overlay : { ...overlay, settings: known(overlay.settings) }
}
