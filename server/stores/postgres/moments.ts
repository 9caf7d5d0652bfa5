import { CrossChatError } from '../../errors.ts'
import { isMomentOf, MAX_MOMENTS, type Moment, type Moments } from '../streams.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openMoments({ database }: Place): Moments {
  const table = new Table<Moment>(database, 'moments')
  return {
    add: (moment) => add(table, moment),
    byStream: (streamId) => table.all({ streamId }, 'at, seq, id'),
    remove: (channelId, id) => table.remove(id, { channelId }),
    async forget(streamId) {
      await table.removeAll({ streamId })
    },
    async erase(channelId, person) {
      for (const { id } of (await table.all({ channelId })).filter((moment) => isMomentOf(moment, person)))
        await table.change(id, (moment) => ({ ...moment, authorId: null, author: null, text: '' }))
    },
  }
}

/** Counted and inserted in one turn. */
function add(table: Table<Moment>, moment: Moment): Promise<Moment> {
  const { streamId, eventId } = moment
  return table.inTurn(streamId, async (turn) => {
    const known = await turn.one({ streamId, eventId })
    if (known !== null) return known
    if ((await turn.count('WHERE stream_id = $1', [streamId])) >= MAX_MOMENTS)
      throw new CrossChatError('list_full', {
        message: `A stream holds ${MAX_MOMENTS} moments. Take one away first.`,
      })
    await turn.insert(moment)
    return moment
  })
}
