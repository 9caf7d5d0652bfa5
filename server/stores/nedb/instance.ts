import type { InstanceRecord, Instances } from '../instance.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

const ONE = 'instance'
type Row = InstanceRecord & { id: string; kept: true }

export async function openInstance(place: Place): Promise<Instances & { close(): Promise<void> }> {
  const table = await Table.open<Row>({ ...place.file('instance'), fields: ['kept'] })
  return {
    async get() {
      const row = await table.byId(ONE)
      if (row === null) return {}
      const { id: _, kept: __, ...record } = row
      return record
    },
    async put(record) {
      await table.put({ id: ONE, kept: true, ...record })
      await table.sync()
    },
    close: () => table.close(),
  }
}
