import type { Broadcast } from '../workers/followed.ts'

/** A broadcast that begins this much later than the one that is known to run is another one, whose forerunner's end was never told; ms. */
export const OTHER_BROADCAST_MS = 10 * 60_000
/** Letters kept of a broadcast's title. */
export const MAX_NEWS_TITLE = 140

/**
 * What is new of what a platform tells, null = nothing: the same news comes by several ways, again after a connection was lost, and late.
 * Only what happened after what is known counts.
 */
export function newsOf(known: Broadcast | null, told: Broadcast, now: number): Broadcast | null {
  if (!Number.isFinite(told.at)) return null
  // A clock that is ahead must not make all that follows old news.
  const news = {
    ...told,
    at: Math.min(told.at, now),
    ...(told.title !== undefined && { title: shortened(told.title) }),
  }
  if (known === null) return news
  if (news.live !== known.live) return news.at >= known.at ? news : null
  return news.live && news.at - known.at >= OTHER_BROADCAST_MS ? news : null
}

function shortened(title: string): string {
  return Array.from(title.trim()).slice(0, MAX_NEWS_TITLE).join('')
}
