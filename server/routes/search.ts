import { SearchAnswer } from '../answers/stream.ts'
import type { PageView } from '../api/shapes.ts'
import { SearchExportQuery, type SearchHit, SearchQuery } from '../api/transcripts.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { EventFilter } from '../stores/archive.ts'
import type { Stream } from '../stores/streams.ts'
import { EXPORT_PAGE, SEARCH_EXPORTED, sendExport } from './exports/export.ts'
import { type Route, route } from './route.ts'
import { filterOf, streamView } from './streams.ts'

/** Rows of transcripts read in one piece, or what costs as much: some 20 ms. */
const BUDGET = 2_000
/** Pieces read for one answer while there is no hit. After that it may hold none, and still say where to go on. */
const MOST_PIECES = 15
/** What finding a stream and opening it costs, in rows. */
const STREAM_COST = 150

/** Where a search stands: at the first stream after `before`; when that is still `stream`, in its transcript after `at`. */
interface Place {
  before: string | null
  stream: string | null
  at: string | null
}
const BEGINNING: Place = { before: null, stream: null, at: null }
interface Times {
  to?: number | undefined
}
interface Asked {
  filter: EventFilter
  limit: number
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
        gives: SearchAnswer,
        query: SearchQuery,
        rate: 'search',
        heavy: true,
      },
      ({ caller, query }) => {
        const { limit, cursor } = query
        return findAny(house, caller.channel.id, { filter: searchFilter(query), limit }, placeOf(cursor))
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/search/export',
        who: 'read',
        least: 'viewer',
        does: 'Gives all that a search finds as a file.',
        gives: SEARCH_EXPORTED,
        logged: 'a transcript is exported',
        query: SearchExportQuery,
        rate: 'export',
      },
      ({ ctx, caller, query, again }) => {
        const asked = { filter: searchFilter(query), limit: EXPORT_PAGE }
        const pages = async (cursor: string | null) => {
          await again()
          const { items, next } = await find(house, caller.channel.id, asked, placeOf(cursor ?? undefined))
          // Where nothing more stands since all of it was just removed, the file must not look whole.
          if (next === null) await again()
          return { items: items.map(({ event }) => event), next }
        }
        const title = `Search: ${query.q ?? ''}`
        const turn = () => house.pace.turn(caller.channel.id)
        return sendExport(ctx, { id: 'search', title, startedAt: Date.now(), pages, turn }, { ...query, offset: 0 })
      },
    ),
  ]
}

function searchFilter({ to, ...query }: Times & Parameters<typeof filterOf>[0]): EventFilter {
  return { ...filterOf(query), ...(to !== undefined && { to }) }
}

/** The next hits, or none where they are too far away; whoever else is busy comes in between. */
async function findAny(house: House, channelId: string, asked: Asked, start: Place): Promise<PageView<SearchHit>> {
  for (let [pieces, place] = [1, start]; ; pieces++) {
    const page = await find(house, channelId, asked, place)
    if (page.items.length > 0 || page.next === null || pieces === MOST_PIECES) return page
    place = placeOf(page.next)
    await house.pace.turn(channelId)
  }
}

async function find(house: House, channelId: string, asked: Asked, start: Place): Promise<PageView<SearchHit>> {
  const items: SearchHit[] = []
  let place: Place | null = start
  for (let budget = BUDGET; place !== null && items.length < asked.limit && budget > 0; ) {
    const found: Found = await look(house, channelId, asked, place, { hits: asked.limit - items.length, budget })
    items.push(...found.hits)
    budget -= found.spent
    place = found.next
  }
  return { items, next: place === null ? null : cursorOf(place) }
}

interface Room {
  hits: number
  budget: number
}
interface Found {
  hits: SearchHit[]
  next: Place | null
  spent: number
}

/** One page of one stream. */
async function look(house: House, channelId: string, asked: Asked, place: Place, room: Room): Promise<Found> {
  const { streams, archive } = house.stores
  const page = await streams.page(channelId, 1, place.before)
  const [stream] = page.items
  if (stream === undefined) return { hits: [], next: null, spent: 0 }
  const older = page.next === null ? null : { ...BEGINNING, before: page.next }
  if (!overlaps(stream, asked.filter)) return { hits: [], next: older, spent: STREAM_COST }
  const at = place.stream === stream.id ? place.at : null
  // Without the gaps: nobody said them.
  const found = await archive.search(stream.id, room.hits, at, asked.filter, room.budget)
  const view = streamView(house, stream)
  const hits = found.hits.filter(({ event }) => event.kind !== 'gap').map((hit) => ({ stream: view, ...hit }))
  const next = found.next === null ? older : { before: place.before, stream: stream.id, at: found.next }
  return { hits, next, spent: STREAM_COST + found.spent }
}

function overlaps({ startedAt, endedAt }: Stream, { from = 0, to = Number.POSITIVE_INFINITY }: EventFilter): boolean {
  return startedAt <= to && (endedAt ?? Number.POSITIVE_INFINITY) >= from
}

function cursorOf(place: Place): string {
  return Buffer.from(JSON.stringify([place.before, place.stream, place.at])).toString('base64url')
}

function placeOf(cursor: string | undefined): Place {
  if (cursor === undefined) return BEGINNING
  try {
    const [before, stream, at]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (isPosition(before) && isPosition(stream) && isPosition(at)) return { before, stream, at }
  } catch {
    // Whatever is wrong with it, the answer is the same.
  }
  throw new CrossChatError('bad_request', { fields: { cursor: 'is not one that this call gave' } })
}

function isPosition(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
