import type { Dock, Docks } from '../overlays.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openDocks({ database }: Place): Docks {
  const table = new Table<Dock>(database, 'docks')
  return {
    insert: (dock) => table.insert(dock),
    byId: (id) => table.byId(id),
    byChannel: (channelId) => table.all({ channelId }, 'created_at, id'),
    raiseKeyVersion: (id) => table.change(id, (dock) => ({ ...dock, keyVersion: dock.keyVersion + 1 })),
    remove: (id) => table.remove(id),
  }
}
