import type { FiguresView, MomentView, PageView, RetentionView, StreamView } from '../../server/api.ts'
import { type Call, query } from './call.ts'

/** Streams, their places, and how long they are kept. */

const STREAMS_PAGE = 30

export const streamCalls = (call: Call) => ({
  startStream: (title: string) => call<StreamView>('POST', '/api/streams', title === '' ? {} : { title }),
  endStream: (discard: boolean, at: 'now' | 'last' = 'now') =>
    call<StreamView>('POST', '/api/streams/live/end', { discard, at }),
  streams: (cursor: string | null) =>
    call<PageView<StreamView>>('GET', `/api/streams?${query({ limit: STREAMS_PAGE, cursor })}`),
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
