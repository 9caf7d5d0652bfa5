import { CrossChatError } from '../../errors.ts'
import type { Person } from '../erasures.ts'
import { isMomentOf, MAX_MOMENTS, type Moment, type Moments } from '../streams.ts'
import type { Place } from './place.ts'
import { restoreOne, store, Table } from './table.ts'

export async function openMoments(place: Place): Promise<Moments & { close(): Promise<void> }> {
  const table = await Table.open<Moment>({
    ...place.file('moments'),
    indexed: ['channelId', 'streamId'],
    fields: ['channelId', 'streamId', 'eventId', 'seq', 'at', 'platform', 'authorId', 'author', 'text', 'by'],
  })
  return {
    add: (moment) => add(table, moment),
    async byStream(streamId) {
      return (await table.all({ streamId })).sort((a, b) => a.at - b.at || a.seq - b.seq)
    },
    remove: (channelId, id) => table.remove(id, { channelId }),
    async forget(streamId) {
      await table.write((engine) => engine.remove({ streamId }, { multi: true }))
      await table.sync()
    },
    erase: (channelId, person) => erase(table, channelId, person),
    close: () => table.close(),
  }
}

/** Counted and inserted in one turn. */
async function add(table: Table<Moment>, moment: Moment): Promise<Moment> {
  const { streamId, eventId } = moment
  const added = await table.write(async (engine) => {
    const known = await engine.findOne({ streamId, eventId })
    if (known !== null) return restoreOne<Moment>(known)
    if ((await engine.find({ streamId })).length >= MAX_MOMENTS) return null
    await engine.insertOne(store(moment))
    return moment
  })
  if (added !== null) return added
  throw new CrossChatError('list_full', {
    message: `A stream holds ${MAX_MOMENTS} moments. Take one away first.`,
  })
}

async function erase(table: Table<Moment>, channelId: string, person: Person): Promise<void> {
  for (const moment of await table.all({ channelId, platform: person.platform })) {
    if (!isMomentOf(moment, person)) continue
    await table.change(moment.id, (each) => ({ ...each, authorId: null, author: null, text: '' }))
  }
  await table.rewrite()
}
