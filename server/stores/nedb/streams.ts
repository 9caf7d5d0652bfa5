import type { Page } from '../page.ts'
import type { Stream, StreamChange, Streams } from '../streams.ts'
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
    page: (channelId, limit, before, deleted = false) =>
      pageOf(table, { channelId, deletedAt: { $exists: deleted } }, limit, before),
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

/** Newest first; two that began in the same millisecond in the order of their ids, so that a page can begin between them. */
async function pageOf(
  table: Table<Row>,
  which: Record<string, unknown>,
  limit: number,
  before: string | null,
): Promise<Page<Stream>> {
  const older = before === null ? {} : olderThan(before)
  const rows = await table.read((engine) =>
    engine
      .find({ ...which, ...older })
      .sort({ startedAt: -1, _id: -1 })
      .limit(limit + 1),
  )
  const items = rows.slice(0, limit).map((row) => toStream(restoreOne<Row>(row)))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null }
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

function changedBy(stream: Stream, { title, endedAt, messages, deletedAt }: StreamChange): Stream {
  const { deletedAt: before, ...rest } = stream
  const deleted = deletedAt === undefined ? before : deletedAt
  return {
    ...rest,
    title: title ?? stream.title,
    endedAt: endedAt === undefined ? stream.endedAt : endedAt,
    messages: messages ?? stream.messages,
    ...(typeof deleted === 'number' && { deletedAt: deleted }),
  }
}

function cursorOf(stream: Stream): string {
  return Buffer.from(`${stream.startedAt}:${stream.id}`).toString('base64url')
}

/** An unreadable cursor gives an empty page: nothing is older than the beginning of time. */
function olderThan(cursor: string): Record<string, unknown> {
  const [, startedAt = '-1', id = ''] = /^(\d+):(.*)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const at = Number(startedAt)
  return { $or: [{ startedAt: { $lt: at } }, { startedAt: at, _id: { $lt: id } }] }
}

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
