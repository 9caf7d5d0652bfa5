import { type Page, readCursor } from '../page.ts'
import { changedBy, type Narrow, type Stream, type StreamOrder, type Streams } from '../streams.ts'
import type { Place } from './place.ts'
import { restoreOne, Table } from './table.ts'

/** `liveOf` stands only while the stream runs; being unique, it keeps a channel from having two running streams. */
interface Row extends Stream {
  liveOf?: string
}

export async function openStreams(place: Place): Promise<Streams & { close(): Promise<void> }> {
  const table = await Table.open<Row>({
    ...place.file('streams'),
    unique: ['liveOf'],
    indexed: ['channelId'],
    fields: ['channelId', 'title', 'startedAt', 'endedAt', 'messages'],
  })
  return {
    async insert(stream) {
      await table.insert(toRow(stream), 'stream_live')
      await table.sync()
    },
    byId: async (id) => orNull(await table.byId(id)),
    live: async () => (await table.all({ endedAt: null })).map(toStream),
    liveOf: async (channelId) => orNull(await table.one({ liveOf: channelId })),
    page: (channelId, limit, before, deleted = false, narrow = {}) =>
      pageOf(table, { channelId, deletedAt: { $exists: deleted }, ...fitting(narrow) }, limit, before, narrow.order),
    ids: (channelId) => table.read(async (engine) => (await engine.find({ channelId })).map(({ _id }) => _id).sort()),
    deletedBefore: (at, limit) => someOf(table, { deletedAt: { $lt: at } }, limit),
    endedBefore: (channelId, at, limit) => someOf(table, ended(channelId, at), limit),
    countEndedBefore: (channelId, at) => table.read((engine) => engine.count(ended(channelId, at))),
    async update(id, change) {
      const changed = await table.change(id, (row) => toRow(changedBy(toStream(row), change)))
      const more = change.endedAt !== undefined || change.deletedAt !== undefined
      if (more && changed !== null) await table.sync()
      return orNull(changed)
    },
    remove: (id) => table.remove(id),
    close: () => table.close(),
  }
}

/** By what a list is sorted, and which way. */
const ORDERS: Readonly<Record<StreamOrder, { field: 'startedAt' | 'messages'; way: 1 | -1 }>> = {
  newest: { field: 'startedAt', way: -1 },
  oldest: { field: 'startedAt', way: 1 },
  messages: { field: 'messages', way: -1 },
}

/** Two that are equal in what they are sorted by stand in the order of their ids, so that a page can begin between them. */
async function pageOf(
  table: Table<Row>,
  which: Record<string, unknown>,
  limit: number,
  before: string | null,
  order: StreamOrder = 'newest',
): Promise<Page<Stream>> {
  const { field, way } = ORDERS[order]
  const rest = before === null ? {} : behind(before, field, way)
  const rows = await table.read((engine) =>
    engine
      .find({ ...which, ...rest })
      .sort({ [field]: way, _id: way })
      .limit(limit + 1),
  )
  const items = rows.slice(0, limit).map((row) => toStream(restoreOne<Row>(row)))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last, field) : null }
}

/** Those that ended longest ago first. */
function someOf(table: Table<Row>, which: Record<string, unknown>, limit: number): Promise<Stream[]> {
  return table.read(async (engine) => {
    const rows = await engine.find(which).sort({ endedAt: 1 }).limit(limit)
    return rows.map((row) => toStream(restoreOne<Row>(row)))
  })
}

/** One that runs has no end: null is before nothing. */
function ended(channelId: string, at: number): Record<string, unknown> {
  return { channelId, endedAt: { $lt: at } }
}

function cursorOf(stream: Stream, field: 'startedAt' | 'messages'): string {
  return Buffer.from(`${stream[field]}:${stream.id}`).toString('base64url')
}

function behind(cursor: string, field: string, way: 1 | -1): Record<string, unknown> {
  const [value, id = ''] = readCursor(Buffer.from(cursor, 'base64url').toString(), /^(\d{1,16}):([\w-]{1,64})$/)
  const at = Number(value)
  const beyond = way === 1 ? '$gt' : '$lt'
  return { $or: [{ [field]: { [beyond]: at } }, { [field]: at, _id: { [beyond]: id } }] }
}

function fitting({ title, platform, from, to }: Narrow): Record<string, unknown> {
  const began = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) }
  return {
    ...(title !== undefined && { title: new RegExp(title.replace(SPECIAL, '\\$&'), 'i') }),
    ...(platform !== undefined && { 'summary.platforms': platform }),
    ...(Object.keys(began).length > 0 && { startedAt: began }),
  }
}
const SPECIAL = /[.*+?^${}()|[\]\\]/g

function toRow(stream: Stream): Row {
  return stream.endedAt === null ? { ...stream, liveOf: stream.channelId } : stream
}

function toStream(row: Row): Stream {
  const { liveOf: _, ...stream } = row
  return stream
}

function orNull(row: Row | null): Stream | null {
  return row === null ? null : toStream(row)
}
