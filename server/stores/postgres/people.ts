import { CrossChatError } from '../../errors.ts'
import { type HiddenPerson, MAX_PEOPLE, type People } from '../moderation.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openPeople({ database }: Place): People {
  const table = new Table<HiddenPerson>(database, 'people')
  return {
    byChannel: (channelId) => table.all({ channelId }, 'at DESC, id'),
    add: (person) => add(table, { id: idOf(person), ...person }),
    note: (channelId, platform, authorId, note) =>
      table.change(idOf({ channelId, platform, authorId }), (person) => ({ ...person, note })),
    due: (now, running) =>
      table.find(`WHERE until <= $1 OR (stream_id > '' AND stream_id <> ALL ($2)) ORDER BY id`, [now, [...running]]),
    lift: (due) => table.remove(due.id, { until: due.until ?? null, streamId: due.streamId ?? null }),
    async remove(channelId, platform, authorId) {
      const [removed] = await table.removeAll({ id: idOf({ channelId, platform, authorId }) })
      return removed ?? null
    },
  }
}

/** Counted and inserted in one turn. */
function add(table: Table<HiddenPerson>, person: HiddenPerson): Promise<HiddenPerson> {
  return table.inTurn(person.channelId, async (turn) => {
    const { until = null, streamId = null } = person
    const known = await turn.change(person.id, (standing) => ({ ...standing, until, streamId }))
    if (known !== null) return known
    if ((await turn.count('WHERE channel_id = $1', [person.channelId])) >= MAX_PEOPLE)
      throw new CrossChatError('list_full')
    await turn.insert(person)
    return person
  })
}

function idOf({ channelId, platform, authorId }: Pick<HiddenPerson, 'channelId' | 'platform' | 'authorId'>): string {
  return `${channelId}.${platform}.${authorId}`
}
