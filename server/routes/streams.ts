import { pageOf } from '../answers/shapes.ts'
import { EventsAnswer, FiguresAnswer, StreamAnswer } from '../answers/stream.ts'
import type { PageView } from '../api/shapes.ts'
import {
  EndStreamBody,
  type FiguresView,
  PatchStreamBody,
  StartStreamBody,
  StreamsQuery,
  type StreamView,
} from '../api/streams.ts'
import { EventsQuery, ExportQuery } from '../api/transcripts.ts'
import { CrossChatError } from '../errors.ts'
import { GRACE_MS } from '../expiry.ts'
import type { House } from '../house.ts'
import type { Channel } from '../stores/accounts.ts'
import type { EventFilter } from '../stores/archive.ts'
import type { Stream } from '../stores/streams.ts'
import { summaryOf } from '../summaries.ts'
import { EXPORT_PAGE, EXPORTED, sendExport } from './exports/export.ts'
import { linesOf, onlyLines } from './exports/lines.ts'
import { type Route, route } from './route.ts'
import { Written } from './written.ts'

/** Streams: from start to end, and what is kept of them. */
export function streams(house: House): Route[] {
  const { stores, notes } = house
  return [
    route(
      {
        method: 'POST',
        path: '/api/streams',
        who: 'control',
        least: 'owner',
        does: 'Starts a stream; overlays are cleared.',
        example: { title: 'First light' },
        gives: StreamAnswer,
        fails: ['stream_live', 'channel_full', 'queue_full'],
        body: StartStreamBody,
        status: 201,
        rate: 'change',
      },
      async ({ caller, body }) => streamView(house, await house.streams.start(caller.channel.id, body.title ?? '')),
    ),

    route(
      {
        method: 'POST',
        path: '/api/streams/live/end',
        who: 'control',
        least: 'owner',
        does: 'Ends the live stream, now or when its newest event came; with discard, nothing of it is kept.',
        example: { discard: false },
        gives: StreamAnswer,
        fails: ['no_stream'],
        body: EndStreamBody,
        rate: 'change',
      },
      async ({ caller, body: { discard = false, at = 'now' } }) =>
        streamView(house, await house.streams.end(caller.channel.id, discard, at === 'last')),
    ),

    route(
      {
        method: 'GET',
        path: '/api/streams',
        who: 'read',
        least: 'viewer',
        does: 'Lists streams, newest first, or those that fit in another order.',
        gives: pageOf(StreamAnswer),
        query: StreamsQuery,
      },
      async ({ caller, query }): Promise<PageView<StreamView>> => {
        const { limit, cursor = null, deleted, q, ...rest } = query
        const narrow = { ...rest, title: q === '' ? undefined : q }
        const page = await stores.streams.page(caller.channel.id, limit, cursor, deleted === 'yes', narrow)
        return { items: page.items.map((stream) => streamView(house, stream)), next: page.next }
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/streams/:id',
        who: 'read',
        least: 'viewer',
        does: 'Gives one stream.',
        gives: StreamAnswer,
      },
      async ({ caller, params }) => streamView(house, await ownStream(house, caller.channel, params.id)),
    ),

    route(
      {
        method: 'PATCH',
        path: '/api/streams/:id',
        who: 'account',
        least: 'owner',
        does: 'Renames a stream.',
        example: { title: 'First light, second try' },
        gives: StreamAnswer,
        body: PatchStreamBody,
        rate: 'change',
      },
      async ({ caller, params, body }) => {
        const stream = await ownStream(house, caller.channel, params.id)
        const changed = await stores.streams.update(stream.id, { title: body.title })
        if (changed === null) throw new CrossChatError('not_found')
        house.streams.renamed(changed)
        return streamView(house, changed)
      },
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/streams/:id',
        who: 'account',
        least: 'owner',
        does: 'Deletes an ended stream and its transcript; for seven days it can be brought back.',
        gives: null,
        fails: ['stream_live'],
        rate: 'change',
      },
      async ({ caller, params }) => {
        const stream = await ownStream(house, caller.channel, params.id)
        if (stream.endedAt === null) throw new CrossChatError('stream_live')
        await stores.streams.update(stream.id, { deletedAt: Date.now() })
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/streams/:id/restore',
        who: 'account',
        least: 'owner',
        does: 'Brings a deleted stream back, as long as it has not gone.',
        gives: StreamAnswer,
        rate: 'change',
      },
      async ({ caller, params }) => {
        const stream = await stores.streams.byId(params.id ?? '')
        if (stream === null || stream.channelId !== caller.channel.id || isGone(stream))
          throw new CrossChatError('not_found')
        const back = await stores.streams.update(stream.id, { deletedAt: null })
        if (back === null) throw new CrossChatError('not_found')
        return streamView(house, back)
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/streams/:id/events',
        who: 'read',
        least: 'viewer',
        does: 'Gives the transcript, in order.',
        gives: EventsAnswer,
        query: EventsQuery,
        heavy: true,
      },
      async ({ caller, params, query }) => {
        const stream = await ownStream(house, caller.channel, params.id)
        return new Written(await stores.archive.written(stream.id, query.limit, query.cursor ?? null, filterOf(query)))
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/streams/:id/figures',
        who: 'read',
        least: 'viewer',
        does: 'Says how a stream went: messages by time and platform, and who said most.',
        gives: FiguresAnswer,
        rate: 'figures',
        heavy: true,
      },
      async ({ caller, params }): Promise<FiguresView> => {
        const stream = await ownStream(house, caller.channel, params.id)
        const figures = await stores.archive.figures(stream.id)
        // Of streams that ended before they were summed up, or whose summing up was cut off.
        if (stream.endedAt !== null && stream.summary === undefined) {
          const summary = summaryOf(figures)
          notes.take(`summary ${stream.id}`, () => stores.streams.update(stream.id, { summary }))
        }
        return figures
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/streams/:id/export',
        who: 'read',
        least: 'viewer',
        does: 'Gives the transcript, what of it fits, or some of its lines, as a file.',
        gives: EXPORTED,
        logged: 'a transcript is exported',
        query: ExportQuery,
        rate: 'export',
      },
      async ({ ctx, caller, params, query, again }) => {
        const stream = await ownStream(house, caller.channel, params.id)
        const filter = filterOf(query)
        // Asked before each page: a file takes as long as its reader, and meanwhile the stream or the caller can be gone.
        const stillAllowed = async () => {
          await again()
          await ownStream(house, caller.channel, params.id)
        }
        const all = async (cursor: string | null) => {
          await stillAllowed()
          const page = await stores.archive.page(stream.id, EXPORT_PAGE, cursor, filter)
          // Where nothing more stands since all of it was just removed, the file must not look whole.
          if (page.next === null) await stillAllowed()
          return page
        }
        const pages = query.lines ? onlyLines(linesOf(query.lines), all) : all
        return sendExport(ctx, { ...stream, pages, turn: () => house.pace.turn(caller.channel.id) }, query)
      },
    ),
  ]
}

/** A stream of this channel; an unknown id, another's id and one that was deleted are the same nothing. */
export async function ownStream({ stores }: House, channel: Channel, id = ''): Promise<Stream> {
  const stream = await stores.streams.byId(id)
  const own = stream?.channelId === channel.id && stream.deletedAt === undefined
  if (stream === null || !own) throw new CrossChatError('not_found')
  return stream
}

/** Its grace is over: its files may go at any moment. */
function isGone({ deletedAt }: Stream): boolean {
  return deletedAt !== undefined && deletedAt + GRACE_MS <= Date.now()
}

export function streamView(house: House, stream: Stream): StreamView {
  const { id, title, startedAt, endedAt, deletedAt, summary } = stream
  const deleted = deletedAt === undefined ? {} : { deletedAt, goesAt: deletedAt + GRACE_MS }
  return {
    id,
    title,
    startedAt,
    endedAt,
    messages: house.streams.messages(stream),
    ...deleted,
    ...(summary && { summary }),
  }
}

type Asked = { [K in 'q' | 'platform' | 'author' | 'kind' | 'simulated']?: string | undefined } & {
  from?: number | undefined
}

export function filterOf({ q, platform, author, kind, simulated, from }: Asked): EventFilter {
  const filter: EventFilter = {}
  if (q !== undefined && q !== '') filter.q = q
  if (platform !== undefined && platform !== '') filter.platform = platform
  if (author !== undefined && author !== '') filter.author = author
  if (kind !== undefined && kind !== '') filter.kind = kind
  if (from !== undefined) filter.from = from
  // `yes` is how it is anyway: simulated messages beside the others.
  if (simulated === 'no') filter.simulated = false
  return filter
}
