import { type PageView, type SearchHit, SearchQuery } from '../api.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Archived, EventFilter, Stream } from '../stores/stores.ts'
import { type Route, route } from './route.ts'
import { filterOf, streamView } from './streams.ts'

/** Pages of transcripts read for one answer. An answer may hold few hits, or none, and still say where to go on. */
const MAX_STEPS = 20

/** Where a search stands: at the first stream after `before`, in its transcript after `at`. */
interface Place {
  before: string | null
  at: string | null
}
interface Asked {
  filter: EventFilter
  limit: number
  from: number
  to: number
}

/** A search over all own streams, the newest stream first; inside a stream in order. */
export function search(house: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/search',
        who: 'read',
        least: 'viewer',
        does: 'Searches all own streams; an empty page with a cursor means: nothing yet, go on.',
        query: SearchQuery,
        rate: 'search',
      },
      ({ caller, query }) => {
        const { limit, from = 0, to = Number.POSITIVE_INFINITY } = query
        return find(house, caller.channel.id, { filter: filterOf(query), limit, from, to }, placeOf(query.cursor))
      },
    ),
  ]
}

async function find(house: House, channelId: string, asked: Asked, start: Place): Promise<PageView<SearchHit>> {
  const items: SearchHit[] = []
  let place: Place | null = start
  for (let step = 0; place !== null && items.length < asked.limit && step < MAX_STEPS; step++) {
    const found: Found = await look(house, channelId, asked, place, asked.limit - items.length)
    items.push(...found.hits)
    place = found.next
  }
  return { items, next: place === null ? null : cursorOf(place) }
}

interface Found {
  hits: SearchHit[]
  next: Place | null
}

/** One page of one stream. */
async function look(house: House, channelId: string, asked: Asked, place: Place, room: number): Promise<Found> {
  const { streams, archive } = house.stores
  const page = await streams.page(channelId, 1, place.before)
  const [stream] = page.items
  if (stream === undefined) return { hits: [], next: null }
  const older = page.next === null ? null : { before: page.next, at: null }
  if (!overlaps(stream, asked)) return { hits: [], next: older }
  const events = await archive.page(stream.id, room, place.at, asked.filter)
  const view = streamView(house, stream)
  const hits = events.items.filter((event) => within(event, asked)).map((event) => ({ stream: view, event }))
  return { hits, next: events.next === null ? older : { before: place.before, at: events.next } }
}

function overlaps({ startedAt, endedAt }: Stream, { from, to }: Asked): boolean {
  return startedAt <= to && (endedAt ?? Number.POSITIVE_INFINITY) >= from
}

function within(event: Archived, { from, to }: Asked): boolean {
  return event.kind !== 'gap' && event.at >= from && event.at <= to
}

function cursorOf(place: Place): string {
  return Buffer.from(JSON.stringify([place.before, place.at])).toString('base64url')
}

function placeOf(cursor: string | undefined): Place {
  if (cursor === undefined) return { before: null, at: null }
  try {
    const [before, at]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (isPosition(before) && isPosition(at)) return { before, at }
  } catch {
    // Whatever is wrong with it, the answer is the same.
  }
  throw new CrossChatError('bad_request', { fields: { cursor: 'is not one that this call gave' } })
}

function isPosition(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
