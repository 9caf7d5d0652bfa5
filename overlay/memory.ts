import type { Clear, Drawable, Notice, Remove, Restore } from './words.ts'

/**
 * What the feed remembers of rows that are not on screen. Both sets are bounded; the oldest id gives way.
 *
 * Removals of all that an author wrote, and clears, need no memory: they act on what stands before them, and events come
 * in the channel's one order.
 */
export interface Memory {
  /** Ids drawn once: a second delivery draws nothing. */
  seen: Set<string>
  /** Ids taken away, some before their message came. */
  gone: Set<string>
  /** Giver → gifts of theirs that are still to be told one by one, after they were told together. */
  gifts: Map<string, number>
}

/** Of each of both. */
export const MAX_IDS = 1_000
const MAX_GIVERS = 100

export function emptyMemory(): Memory {
  return { seen: new Set(), gone: new Set(), gifts: new Map() }
}

export function copyMemory({ seen, gone, gifts }: Memory): Memory {
  return { seen: new Set(seen), gone: new Set(gone), gifts: new Map(gifts) }
}

export function rememberSeen({ seen }: Memory, id: string): void {
  add(seen, id)
}

/** Whether this gift is one of those that its giver's one notice has already told together. */
export function isToldTogether({ gifts }: Memory, { what, platform, author, count = 0, recipient }: Notice): boolean {
  if (what !== 'gift' || !author) return false
  const giver = `${platform}:${author.id}`
  const left = gifts.get(giver) ?? 0
  if (recipient === undefined && gifts.size < MAX_GIVERS) gifts.set(giver, count)
  if (recipient === undefined || left === 0) return false
  if (left > 1) gifts.set(giver, left - 1)
  else gifts.delete(giver)
  return true
}

export function rememberGone({ gone }: Memory, id: string): void {
  add(gone, id)
}

/** What is given back may be drawn again. */
export function rememberRestore({ gone }: Memory, { target }: Restore): void {
  if ('id' in target) gone.delete(target.id)
}

/** Whether a removal or a clear takes away this row. */
export function isMeant(event: Drawable, removal: Remove | Clear): boolean {
  const onPlatform = event.platform === removal.platform
  if (removal.kind === 'clear') return onPlatform || removal.by !== 'platform'
  const { target } = removal
  return 'id' in target ? event.id === target.id : onPlatform && event.author?.id === target.authorId
}

function add(kept: Set<string>, id: string): void {
  kept.add(id)
  for (const oldest of kept) {
    if (kept.size <= MAX_IDS) return
    kept.delete(oldest)
  }
}
