import type { Person } from '../erasures.ts'
import { type Deed, type Deeds, isAbout, KEEP_DEEDS_MS, MAX_DEEDS, takesBack } from '../moderation.ts'
import { readCursor } from '../page.ts'
import type { Place } from './place.ts'
import { restoreOne, type Stored, Table } from './table.ts'

export async function openDeeds(place: Place): Promise<Deeds & { close(): Promise<void> }> {
  const table = await Table.open<Deed>({
    ...place.file('deeds'),
    indexed: ['channelId'],
    fields: ['channelId', 'at', 'by', 'what', 'target', 'author', 'text', 'undoes', 'undoneBy'],
  })
  // A full disk keeps nobody from reading: what is too old goes with the next start, and pages leave it out until then.
  await forgetOld(table, place.now()).catch((error: unknown) => {
    place.note('warn', 'old entries of the log of moderation could not be taken away', { err: error })
  })
  return {
    add: (deed) => add(table, deed, place.now()),
    page: (channelId, limit, cursor) => page(table, channelId, limit, cursor, place.now()),
    async forget(channelId) {
      await table.write((engine) => engine.remove({ channelId }, { multi: true }))
      await table.rewrite()
    },
    erase: (channelId, person) => erase(table, channelId, person),
    close: () => table.close(),
  }
}

/** Deeds of one millisecond get one each, so that they have an order and a page can begin between them. */
function add(table: Table<Deed>, deed: Deed, now: number): Promise<Deed> {
  return table.write(async (engine) => {
    const before = await engine.find({ channelId: deed.channelId }).sort({ at: 1 })
    const at = Math.max(deed.at, (before.at(-1)?.at ?? 0) + 1)
    const undone = deed.undoes === null ? lastUndone(before, deed) : before.find(({ _id }) => _id === deed.undoes)
    const placed = { ...deed, at, undoes: undone?._id ?? null }
    const { id, ...rest } = placed
    await engine.insertOne({ _id: id, ...rest })
    if (undone !== undefined) await engine.update({ _id: undone._id }, { ...undone, undoneBy: id })
    const surplus = Math.max(0, before.length + 1 - MAX_DEEDS)
    for (const [nth, old] of before.entries()) {
      if (nth < surplus || old.at < now - KEEP_DEEDS_MS) await engine.remove({ _id: old._id }, {})
    }
    return placed
  })
}

function lastUndone(before: Stored<Deed>[], deed: Deed): Stored<Deed> | undefined {
  return before.findLast((each) => takesBack(deed, each))
}

/** Newest first. */
async function page(table: Table<Deed>, channelId: string, limit: number, cursor: string | null, now: number) {
  const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(readCursor(cursor, /^(\d{1,16})$/)[0])
  const rows = await table.read((engine) =>
    engine
      .find({ channelId, at: { $lt: before, $gte: now - KEEP_DEEDS_MS } })
      .sort({ at: -1 })
      .limit(limit + 1),
  )
  const items = rows.slice(0, limit).map((row) => restoreOne<Deed>(row))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? String(last.at) : null }
}

async function erase(table: Table<Deed>, channelId: string, person: Person): Promise<void> {
  const about = (await table.all({ channelId })).filter((deed) => isAbout(deed, person))
  for (const { id } of about) {
    await table.change(id, (deed) => ({ ...deed, target: null, author: null, text: null }))
  }
  await table.rewrite()
}

async function forgetOld(table: Table<Deed>, now: number): Promise<void> {
  await table.write((engine) => engine.remove({ at: { $lt: now - KEEP_DEEDS_MS } }, { multi: true }))
}
