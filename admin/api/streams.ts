import type { FiguresView, MomentView, PageView, RetentionView, StreamView } from '../../server/api.ts'
import { type Call, query } from './call.ts'

/** Streams, their places, and how long they are kept. */

const STREAMS_PAGE = 50

/** Which streams, and in what order. */
export interface StreamsAsk {
  /** Stands in the title. */
  q: string
  /** By the clock of whoever looks. */
  year: number | null
  platform: string
  order: 'newest' | 'oldest' | 'messages'
}

function streamsQuery(
  cursor: string | null,
  { q = '', year = null, platform = '', order = 'newest' }: Partial<StreamsAsk>,
): string {
  const [from, to] = year === null ? [null, null] : [new Date(year, 0).getTime(), new Date(year + 1, 0).getTime()]
  return query({
    limit: STREAMS_PAGE,
    cursor,
    q: q.trim(),
    platform,
    from,
    to,
    order: order === 'newest' ? null : order,
  })
}

export const streamCalls = (call: Call) => ({
  startStream: (title: string) => call<StreamView>('POST', '/api/streams', title === '' ? {} : { title }),
  endStream: (discard: boolean, at: 'now' | 'last' = 'now') =>
    call<StreamView>('POST', '/api/streams/live/end', { discard, at }),
  streams: (cursor: string | null, ask: Partial<StreamsAsk> = {}) =>
    call<PageView<StreamView>>('GET', `/api/streams?${streamsQuery(cursor, ask)}`),
  stream: (id: string) => call<StreamView>('GET', `/api/streams/${id}`),
  renameStream: (id: string, title: string) => call<StreamView>('PATCH', `/api/streams/${id}`, { title }),
  deleteStream: (id: string) => call<void>('DELETE', `/api/streams/${id}`),
  figures: (id: string) => call<FiguresView>('GET', `/api/streams/${id}/figures`),
  deletedStreams: () => call<PageView<StreamView>>('GET', `/api/streams?${query({ deleted: 'yes' })}`),
  restoreStream: (id: string) => call<StreamView>('POST', `/api/streams/${id}/restore`),
  retention: () => call<RetentionView>('GET', '/api/retention'),
  /** `preview`: only says how many streams would go. */
  setRetention: (days: number | null, preview = false) =>
    call<RetentionView>('PUT', '/api/retention', { days, preview }),
  moments: (streamId: string) => call<{ items: MomentView[] }>('GET', `/api/streams/${streamId}/moments`),
  mark: (id: string) => call<MomentView>('POST', '/api/moments', { id }),
  unmark: (id: string) => call<void>('DELETE', `/api/moments/${id}`),
})
