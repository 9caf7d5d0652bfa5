import { type Page, readCursor } from '../page.ts'
import { changedBy, type Narrow, type Stream, type StreamOrder, type Streams } from '../streams.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openStreams({ database }: Place): Streams {
  const table = new Table<Stream>(database, 'streams')
  return {
    insert: (stream) => table.insert(stream, 'stream_live'),
    byId: (id) => table.byId(id),
    live: () => table.find('WHERE live_of IS NOT NULL ORDER BY id'),
    async liveOf(channelId) {
      const [live] = await table.find('WHERE live_of = $1', [channelId])
      return live ?? null
    },
    page: (channelId, limit, before, deleted = false, narrow = {}) =>
      pageOf(table, { channelId, deleted, narrow }, limit, before),
    ids: async (channelId) => (await table.all({ channelId })).map(({ id }) => id),
    deletedBefore: (at, limit) =>
      table.find('WHERE deleted_at < $1 ORDER BY ended_at NULLS FIRST, id LIMIT $2', [at, limit]),
    endedBefore: (channelId, at, limit) =>
      table.find('WHERE channel_id = $1 AND ended_at < $2 ORDER BY ended_at, id LIMIT $3', [channelId, at, limit]),
    countEndedBefore: (channelId, at) => table.count('WHERE channel_id = $1 AND ended_at < $2', [channelId, at]),
    update: (id, change) => table.change(id, (stream) => changedBy(stream, change)),
    remove: (id) => table.remove(id),
  }
}

/** By what a list is sorted, and which way. */
const ORDERS: Readonly<
  Record<StreamOrder, { field: 'startedAt' | 'messages'; column: string; way: 'ASC' | 'DESC'; beyond: '<' | '>' }>
> = {
  newest: { field: 'startedAt', column: 'started_at', way: 'DESC', beyond: '<' },
  oldest: { field: 'startedAt', column: 'started_at', way: 'ASC', beyond: '>' },
  messages: { field: 'messages', column: 'messages', way: 'DESC', beyond: '<' },
}

interface Which {
  channelId: string
  deleted: boolean
  narrow: Narrow
}
/** Streams that are looked at together for a title. */
const LOOKED_AT = 500

/** Two that are equal in what they are sorted by stand in the order of their ids, so that a page can begin between them. */
async function pageOf(table: Table<Stream>, which: Which, limit: number, before: string | null): Promise<Page<Stream>> {
  const { field } = ORDERS[which.narrow.order ?? 'newest']
  const { title } = which.narrow
  const found: Stream[] = []
  const chunk = title === undefined ? limit + 1 : Math.max(limit + 1, LOOKED_AT)
  for (let cursor = before; found.length <= limit; ) {
    const streams = await some(table, which, chunk, cursor)
    // As the embedded store does it: what is the same letter is not left to the database's own language.
    found.push(...streams.filter((stream) => title === undefined || isIn(stream.title, title)))
    const last = streams.at(-1)
    if (streams.length < chunk || last === undefined) break
    cursor = cursorOf(last, field)
  }
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last, field) : null }
}

function some(table: Table<Stream>, which: Which, limit: number, cursor: string | null): Promise<Stream[]> {
  const { platform, from, to, order = 'newest' } = which.narrow
  const { column, way, beyond } = ORDERS[order]
  const values: unknown[] = [which.channelId]
  const conditions = ['channel_id = $1', `deleted_at IS ${which.deleted ? 'NOT ' : ''}NULL`]
  const ask = (text: string, ...given: unknown[]) => {
    conditions.push(given.reduce<string>((sofar, value) => sofar.replace('?', `$${values.push(value)}`), text))
  }
  if (cursor !== null) ask(`(${column}, id) ${beyond} (?, ?)`, ...behind(cursor))
  if (from !== undefined) ask('started_at >= ?', from)
  if (to !== undefined) ask('started_at < ?', to)
  if (platform !== undefined) ask(`? IN (SELECT json_array_elements_text(doc->'summary'->'platforms'))`, platform)
  const rest = `WHERE ${conditions.join(' AND ')} ORDER BY ${column} ${way}, id ${way} LIMIT $${values.push(limit)}`
  return table.find(rest, values)
}

function isIn(title: string, part: string): boolean {
  return new RegExp(part.replace(SPECIAL, '\\$&'), 'i').test(title)
}
const SPECIAL = /[.*+?^${}()|[\]\\]/g

function cursorOf(stream: Stream, field: 'startedAt' | 'messages'): string {
  return Buffer.from(`${stream[field]}:${stream.id}`).toString('base64url')
}

function behind(cursor: string): [number, string] {
  const [value, id = ''] = readCursor(Buffer.from(cursor, 'base64url').toString(), /^(\d{1,16}):([\w-]{1,64})$/)
  return [Number(value), id]
}
