import type { InstanceRecord, Instances } from '../instance.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

const ONE = 'instance'
type Row = InstanceRecord & { id: string; kept: true }

export function openInstance({ database }: Place): Instances {
  const table = new Table<Row>(database, 'instance')
  return {
    async get() {
      const row = await table.byId(ONE)
      if (row === null) return {}
      const { id: _, kept: __, ...record } = row
      return record
    },
    put: (record) => table.put({ id: ONE, kept: true, ...record }),
  }
}
