import { isBare, type Stage, type Stages } from '../moderation.ts'
import type { Place } from './place.ts'
import { jsonIn, Table } from './table.ts'

/** Chat may use any field name, so the event stands as text. */
interface Row {
  id: string
  panic: boolean
  /** Missing in records that are older than the slow display. */
  slow?: boolean
  featured: string | null
}

export async function openStages(place: Place): Promise<Stages & { close(): Promise<void> }> {
  const table = await Table.open<Row>({ ...place.file('stages'), fields: ['panic', 'featured'], sound })
  return {
    async all() {
      const rows = await table.all({})
      return new Map(rows.map((row) => [row.id, toStage(row)]))
    },
    async put(channelId, stage) {
      const { panic, slow } = stage
      const featured = stage.featured && JSON.stringify(stage.featured)
      // One line of the file: whatever comes between, either the stage before stands there or this one.
      const before = await table.write(async (engine) => {
        const standing = await engine.findOne({ _id: channelId })
        if (isBare(stage)) await engine.remove({ _id: channelId }, {})
        else await engine.update({ _id: channelId }, { _id: channelId, panic, slow, featured }, { upsert: true })
        return standing
      })
      // What somebody said leaves the file with the picture: it may have been taken away, or its author erased.
      const wordsGone = before?.featured != null && before.featured !== featured
      await (wordsGone ? table.rewrite() : table.sync())
    },
    close: () => table.close(),
  }
}

function toStage({ panic, slow = false, featured }: Row): Stage {
  return { panic, slow, featured: featured === null ? null : JSON.parse(featured) }
}

function sound({ featured }: Pick<Row, 'featured'>): boolean {
  return featured === null || (typeof jsonIn(featured) === 'object' && jsonIn(featured) !== null)
}
