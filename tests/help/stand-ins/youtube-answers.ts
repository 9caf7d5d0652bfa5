import { type Broadcast, HISTORY, type Room } from './youtube-room.ts'

/** Answers and pages in YouTube's own shapes. */

export const LIST_KIND = 'youtube#liveChatMessageListResponse'

export interface Page {
  text: string
  /** Where the next one begins. */
  next: number
}

/** A list answer from a place on; from null it is the history. */
export function listPage({ entries, state }: Broadcast, from: number | null, max: number, pollingMs: number): Page {
  const rest = entries.flatMap(({ resource }, place) => (resource === null ? [] : [{ resource, place }]))
  const found = from === null ? rest.slice(-HISTORY) : rest.filter(({ place }) => place >= from)
  const items = found.slice(0, max)
  const next = found.length > max ? (found[max]?.place ?? entries.length) : entries.length
  const offline = state === 'over' && next === entries.length
  const answer = {
    kind: LIST_KIND,
    nextPageToken: `from-${next}`,
    pollingIntervalMillis: pollingMs,
    ...(offline && { offlineAt: new Date().toISOString() }),
    pageInfo: { totalResults: items.length, resultsPerPage: items.length },
    items: items.map(({ resource }) => resource),
  }
  return { text: JSON.stringify(answer), next }
}

/** The place that a page token or a continuation names; null where it names none. */
export function placeOf(token: string | null): number | null {
  const found = /from-(\d+)/.exec(token ?? '')
  return found === null ? null : Number(found[1])
}

export function videoItem(room: Room, { video, chat, title, state, startedAt }: Broadcast): unknown {
  const times = {
    upcoming: { scheduledStartTime: startedAt },
    // Null is as good as not there.
    live: { actualStartTime: startedAt, actualEndTime: null },
    over: { actualStartTime: startedAt, actualEndTime: new Date().toISOString() },
  }
  const content = { upcoming: 'upcoming', live: 'live', over: 'none' }
  return {
    id: video,
    snippet: { channelId: room.id, channelTitle: 'Cool Channel', title, liveBroadcastContent: content[state] },
    liveStreamingDetails: { ...times[state], ...(state !== 'over' && { activeLiveChatId: chat }) },
  }
}

export function apiError(code: number, reason: string): string {
  const domain = reason === 'quotaExceeded' ? 'youtube.quota' : 'youtube.liveChat'
  return JSON.stringify({ error: { code, message: reason, errors: [{ message: reason, domain, reason }] } })
}

/** The page below `/live`: of the video that is on air or comes next, else of the channel. */
export function livePage(room: Room): string {
  const { broadcast, id } = room
  if (broadcast === null || broadcast.state === 'over') {
    return `<!doctype html><link rel="canonical" href="https://www.youtube.com/channel/${id}">
      <meta property="og:title" content="Cool Channel"><meta property="og:image" content="https://yt3.ggpht.com/cool=s88">
      <script>var ytInitialData = {"metadata":{"channelMetadataRenderer":{"externalId":"${id}"}}};</script>`
  }
  const details = { videoId: broadcast.video, title: broadcast.title, channelId: id, author: 'Cool Channel' }
  const live = { isLiveNow: broadcast.state === 'live', startTimestamp: broadcast.startedAt }
  return `<!doctype html><link rel="canonical" href="https://www.youtube.com/watch?v=${broadcast.video}">
    <script>var ytInitialPlayerResponse = ${JSON.stringify({ videoDetails: details, liveBroadcastDetails: live })};</script>`
}

/** The page of a chat, with its two ways of going on. */
export function chatPage(broadcast: Broadcast): string {
  const { video, entries } = broadcast
  const reload = (way: string) => ({ reloadContinuationData: { continuation: `${video} ${way}` } })
  const items = ['top', 'all'].map((way) => ({ title: way, continuation: reload(way) }))
  const viewSelector = { sortFilterSubMenuRenderer: { subMenuItems: items } }
  const from = `from-${entries.length}`
  const renderer = {
    continuations: [{ timedContinuationData: { timeoutMs: 5_000, continuation: `${video} top ${from}` } }],
    actions: actionsFrom(broadcast, null, true),
    header: { liveChatHeaderRenderer: { viewSelector } },
  }
  return `<!doctype html><script>window["ytInitialData"] = ${JSON.stringify({ contents: { liveChatRenderer: renderer } })};</script>`
}

export function actionsFrom({ entries }: Broadcast, from: number | null, topOnly: boolean): unknown[] {
  const wanted = entries.map((entry, place) => ({ ...entry, place })).filter(({ action }) => action !== null)
  const found = from === null ? wanted.slice(-HISTORY) : wanted.filter(({ place }) => place >= from)
  return found.filter(({ beyondTop }) => !topOnly || !beyondTop).map(({ action }) => action)
}

const CONTINUATIONS = ['timedContinuationData', 'invalidationContinuationData', 'reloadContinuationData'] as const

/** An answer of `get_live_chat`. Each one says in another way how to go on; one that is over does not. */
export function chatAnswer(broadcast: Broadcast, asked: string, timeoutMs: number): string {
  if (broadcast.state === 'over') return JSON.stringify({ responseContext: {} })
  const way = asked.includes(' top') ? 'top' : 'all'
  const next = broadcast.entries.length
  const name = CONTINUATIONS[next % CONTINUATIONS.length] ?? CONTINUATIONS[0]
  const goesOn = { continuation: `${broadcast.video} ${way} from-${next}`, timeoutMs }
  const actions = actionsFrom(broadcast, placeOf(asked), way === 'top')
  const liveChatContinuation = { continuations: [{ [name]: goesOn }], ...(actions.length > 0 && { actions }) }
  return JSON.stringify({ responseContext: {}, continuationContents: { liveChatContinuation } })
}
