import type { PageView } from '../../server/api/shapes.ts'
import type { EventsView, SearchHit } from '../../server/api/transcripts.ts'
import { type MadeHistory, NEVER, OFTEN, ONCE } from './archive-history.ts'
import type { Reader } from './archive-reader.ts'
import { percentile } from './line-percentile.ts'
import type { Report, Row } from './report.ts'

/** What both stores are asked for in the same way: how fast a history was kept, and how fast it is read over HTTP. */

/** Streams that are opened, each for the first time. */
const OPENED = 30
/** Pages of 500 that are jumped over. */
const JUMPED_PAGES = 20
const PAGE_MS = 50
const KEPT_PER_SECOND = 40_000

export type Say = (what: string, measured: number, unit: string, more?: Partial<Row>) => void

export function sayer(report: Report): Say {
  return (what, measured, unit, more) => report.row({ what, measured, unit, better: 'lower', ...more })
}

export function kept(say: Say, { longest, longestMs, longestCpuMs, keptMs }: MadeHistory, events: number): void {
  const perSecond = (longest.messages * 1_000) / longestMs
  say('events kept, one stream', perSecond, '/s', {
    better: 'higher',
    goal: { text: '≥ 40 k/s', met: perSecond >= KEPT_PER_SECOND },
  })
  const each = (longest.messages * 1_000) / longestCpuMs
  say('in a second of CPU time of its threads', each, '/s', { better: 'higher' })
  say('events kept, all streams, each from its start to its end', (events * 1_000) / keptMs, '/s', {
    better: 'higher',
  })
}

export async function pages(say: Say, reader: Reader, { streams, longest }: MadeHistory): Promise<void> {
  const times: number[] = []
  const step = Math.max(1, Math.floor(streams.length / OPENED))
  for (let nth = 1; nth < streams.length; nth += step) {
    times.push((await reader.get(`/api/streams/${streams[nth]?.id}/events`)).took)
  }
  const middle = percentile(times, 0.5)
  say('first page of a stream', middle, 'ms', { goal: within(middle) })
  say(`slowest of ${times.length}`, times.at(-1) ?? 0, 'ms')
  const first = await reader.get<EventsView>(`/api/streams/${longest.id}/events`)
  say('first page of the longest stream', first.took, 'ms', { goal: within(first.took) })
  const cursor = await middleOf(reader, longest.id)
  const jump = await reader.get(`/api/streams/${longest.id}/events?cursor=${encodeURIComponent(cursor)}`)
  say('a jump into its middle', jump.took, 'ms', { goal: within(jump.took) })
}

/** A cursor that lies some 10,000 events inside. */
async function middleOf(reader: Reader, id: string): Promise<string> {
  let cursor = ''
  for (let nth = 0; nth < JUMPED_PAGES; nth += 1) {
    const { value } = await reader.get<EventsView>(
      `/api/streams/${id}/events?limit=500${cursor && `&cursor=${cursor}`}`,
    )
    if (value.next === null) break
    cursor = value.next
  }
  return cursor
}

export async function searches(say: Say, reader: Reader): Promise<void> {
  const asked: readonly [what: string, q: string][] = [
    ['of a frequent word', OFTEN],
    ['of a word said once, in the oldest stream', ONCE],
    ['of a word that nobody said', NEVER],
    ['of a person who never wrote', `from:${NEVER}`],
  ]
  for (const [what, q] of asked) {
    const { first, whole, answers } = await searched(reader, q)
    say(`first page of a search ${what}`, first, 'ms', { goal: within(first) })
    if (q !== OFTEN) say(`until its end, in ${answers} answers`, whole, 'ms')
  }
}

/** Page after page until something is found or all is read. */
async function searched(reader: Reader, q: string): Promise<{ first: number; whole: number; answers: number }> {
  let [first, whole, answers, cursor] = [0, 0, 0, '']
  for (;;) {
    const path = `/api/search?limit=30&q=${encodeURIComponent(q)}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const { value, took } = await reader.get<PageView<SearchHit>>(path)
    if (answers === 0) first = took
    answers += 1
    whole += took
    if (value.next === null || value.items.length > 0) return { first, whole, answers }
    cursor = value.next
  }
}

function within(ms: number): { text: string; met: boolean } {
  return { text: `≤ ${PAGE_MS} ms`, met: ms <= PAGE_MS }
}
