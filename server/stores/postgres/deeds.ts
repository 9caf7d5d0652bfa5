import { type Deed, type Deeds, isAbout, KEEP_DEEDS_MS, MAX_DEEDS, takesBack, whatItTakesBack } from '../moderation.ts'
import { readCursor } from '../page.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openDeeds({ database, now }: Place): Deeds {
  const table = new Table<Deed>(database, 'deeds')
  return {
    add: (deed) => add(table, deed, now()),
    page: (channelId, limit, cursor) => page(table, channelId, limit, cursor, now()),
    async forget(channelId) {
      await table.removeAll({ channelId })
    },
    async erase(channelId, person) {
      for (const { id } of (await table.all({ channelId })).filter((deed) => isAbout(deed, person)))
        await table.change(id, (deed) => ({ ...deed, target: null, author: null, text: null }))
    },
  }
}

/** Deeds of one millisecond get one each, so that they have an order and a page can begin between them. */
function add(table: Table<Deed>, deed: Deed, now: number): Promise<Deed> {
  return table.inTurn(deed.channelId, async (turn) => {
    const [newest] = await turn.find('WHERE channel_id = $1 ORDER BY at DESC LIMIT 1', [deed.channelId])
    const undone = deed.undoes === null ? await lastUndone(turn, deed) : await ofChannel(turn, deed)
    const placed = { ...deed, at: Math.max(deed.at, (newest?.at ?? 0) + 1), undoes: undone?.id ?? null }
    await turn.insert(placed)
    if (undone !== null) await turn.change(undone.id, (standing) => ({ ...standing, undoneBy: deed.id }))
    await forgetOld(turn, deed.channelId, now)
    return placed
  })
}

async function lastUndone(table: Table<Deed>, deed: Deed): Promise<Deed | null> {
  const open = 'WHERE channel_id = $1 AND undone_by IS NULL AND what = ANY ($2) ORDER BY at DESC'
  const candidates = await table.find(open, [deed.channelId, [...whatItTakesBack(deed.what)]])
  return candidates.find((each) => takesBack(deed, each)) ?? null
}

async function ofChannel(table: Table<Deed>, { undoes, channelId }: Deed): Promise<Deed | null> {
  return undoes === null ? null : table.one({ id: undoes, channelId })
}

async function forgetOld(table: Table<Deed>, channelId: string, now: number): Promise<void> {
  const surplus = 'SELECT id FROM crosschat.deeds WHERE channel_id = $1 ORDER BY at DESC OFFSET $3'
  await table.removeWhere(`WHERE channel_id = $1 AND (at < $2 OR id IN (${surplus}))`, [
    channelId,
    now - KEEP_DEEDS_MS,
    MAX_DEEDS,
  ])
}

/** Newest first. */
async function page(table: Table<Deed>, channelId: string, limit: number, cursor: string | null, now: number) {
  const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(readCursor(cursor, /^(\d{1,16})$/)[0])
  const rest = 'WHERE channel_id = $1 AND at < $2 AND at >= $3 ORDER BY at DESC LIMIT $4'
  const found = await table.find(rest, [channelId, before, now - KEEP_DEEDS_MS, limit + 1])
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? String(last.at) : null }
}
