import type { ErasureView, EventsView, PageView, SearchHit } from '../../server/api.ts'
import { type Call, query } from './call.ts'

/** Reading transcripts, searching them, and taking somebody out. */

const PAGE = 100
const SEARCH_PAGE = 30

export interface TranscriptAsk {
  cursor: string | null
  q: string
  platform: string
  withoutSimulated: boolean
  /** Only what was said from then on, ms. */
  from?: number | null
}
export const transcriptCalls = (call: Call) => ({
  transcript: (id: string, ask: TranscriptAsk) =>
    call<EventsView>('GET', `/api/streams/${id}/events?${transcriptQuery(ask)}`),
  /** Some lines of a stream, by seq, `12,20-35`, as a person would write them down. */
  linesAsText: (id: string, lines: string) =>
    call<string>('GET', `/api/streams/${id}/export?${query({ format: 'txt', lines })}`),
  search: (q: string, cursor: string | null) =>
    call<PageView<SearchHit>>('GET', `/api/search?${query({ q, cursor, limit: SEARCH_PAGE })}`),
  /** What was said from a time on, ms, the newest stream first. */
  saidFrom: (from: number) => call<PageView<SearchHit>>('GET', `/api/search?${query({ from, limit: SEARCH_PAGE })}`),
  /** What one person wrote in a stream. */
  saidBy: (streamId: string, platform: string, author: string, cursor: string | null) =>
    call<EventsView>('GET', `/api/streams/${streamId}/events?${query({ limit: PAGE, platform, author, cursor })}`),
  eraseViewer: (platform: string, authorId: string) =>
    call<ErasureView>('POST', '/api/viewers/erase', { platform, authorId }),
  erasures: () => call<{ items: ErasureView[] }>('GET', '/api/viewers/erasures'),
})

function transcriptQuery(ask: TranscriptAsk): string {
  const simulated = ask.withoutSimulated ? 'no' : null
  return query({ limit: PAGE, cursor: ask.cursor, q: ask.q, platform: ask.platform, simulated, from: ask.from ?? null })
}
