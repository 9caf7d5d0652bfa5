import { CrossChatError } from '../../errors.ts'
import { type HiddenPerson, MAX_PEOPLE, type People } from '../moderation.ts'
import type { Place } from './place.ts'
import { restoreOne, store, Table } from './table.ts'

export async function openPeople(place: Place): Promise<People & { close(): Promise<void> }> {
  const table = await Table.open<HiddenPerson>({
    ...place.file('people'),
    indexed: ['channelId', 'until', 'streamId'],
    fields: ['channelId', 'platform', 'authorId', 'name', 'note', 'at', 'by'],
  })
  return {
    async byChannel(channelId) {
      return (await table.all({ channelId })).sort((a, b) => b.at - a.at)
    },
    async add(person) {
      const added = await add(table, { id: idOf(person), ...person })
      await table.sync()
      return added
    },
    note: (channelId, platform, authorId, note) =>
      table.change(idOf({ channelId, platform, authorId }), (person) => ({ ...person, note })),
    async due(now, running) {
      const up = await table.read((engine) => engine.find({ until: { $lte: now } }))
      const bound = await table.read((engine) => engine.find({ streamId: { $gt: '' } }))
      const over = bound.filter(({ streamId }) => typeof streamId === 'string' && !running.has(streamId))
      return [...up.filter(({ until }) => typeof until === 'number'), ...over].map(restoreOne<HiddenPerson>)
    },
    lift: (due) => table.remove(due.id, { until: due.until ?? null, streamId: due.streamId ?? null }),
    async remove(channelId, platform, authorId) {
      const id = idOf({ channelId, platform, authorId })
      const person = await table.byId(id)
      return (await table.remove(id)) ? person : null
    },
    close: () => table.close(),
  }
}

/** Counted and inserted in one turn. */
async function add(table: Table<HiddenPerson>, person: HiddenPerson): Promise<HiddenPerson> {
  const added = await table.write(async (engine) => {
    const known = await engine.findOne({ _id: person.id })
    if (known !== null) {
      const { until = null, streamId = null } = person
      await engine.update({ _id: person.id }, { ...known, until, streamId })
      return restoreOne<HiddenPerson>({ ...known, until, streamId })
    }
    if ((await engine.find({ channelId: person.channelId })).length >= MAX_PEOPLE) return null
    await engine.insertOne(store(person))
    return person
  })
  if (added === null) throw new CrossChatError('list_full')
  return added
}

function idOf({ channelId, platform, authorId }: Pick<HiddenPerson, 'channelId' | 'platform' | 'authorId'>): string {
  return `${channelId}.${platform}.${authorId}`
}
