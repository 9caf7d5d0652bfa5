import { isBare, type Stage, type Stages } from '../moderation.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

/** The event stands as text of its own. */
interface Row {
  id: string
  panic: boolean
  slow?: boolean
  featured: string | null
}

export function openStages({ database }: Place): Stages {
  const table = new Table<Row>(database, 'stages')
  return {
    async all() {
      const rows = await table.all({})
      return new Map(rows.map((row) => [row.id, toStage(row)]))
    },
    async put(channelId, stage) {
      const { panic, slow } = stage
      const featured = stage.featured && JSON.stringify(stage.featured)
      // In turns: of two changes the later one stands.
      await table.inTurn(channelId, async (turn) => {
        if (isBare(stage)) await turn.remove(channelId)
        else await turn.put({ id: channelId, panic, slow, featured })
      })
    },
  }
}

function toStage({ panic, slow = false, featured }: Row): Stage {
  return { panic, slow, featured: featured === null ? null : JSON.parse(featured) }
}
