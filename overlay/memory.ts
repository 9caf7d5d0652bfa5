import type { Clear, Drawable, Notice, Remove, Restore } from './words.ts'

/**
 * What the feed remembers of rows that are not on screen. All of it is bounded; the oldest gives way.
 *
 * Removals of all that an author wrote, and clears, need no memory: they act on what stands before them, and events come
 * in the channel's one order.
 */
export interface Memory {
  /** Ids drawn once: a second delivery draws nothing. */
  seen: Set<string>
  /** Ids taken away, some before their message came. */
  gone: Set<string>
  /** Giver → how many gifts, told together, are still to be told one by one, and until when; ms, the server's clock. */
  gifts: Map<string, [left: number, until: number]>
}

/** Of each of the three. */
export const MAX_IDS = 1_000
/** Single gifts come within seconds of the notice that told them together; what comes later is another gift. */
export const TOLD_WITHIN_MS = 60_000

export function emptyMemory(): Memory {
  return { seen: new Set(), gone: new Set(), gifts: new Map() }
}

export function copyMemory({ seen, gone, gifts }: Memory): Memory {
  return { seen: new Set(seen), gone: new Set(gone), gifts: new Map(gifts) }
}

export function rememberSeen({ seen }: Memory, id: string): void {
  add(seen, id)
}

/**
 * Whether this gift is one of those that its giver's one notice has already told together. One that counts itself stands for itself, since
 * not every platform tells gifts twice, and so does one that its author received.
 */
export function isToldTogether({ gifts }: Memory, notice: Notice): boolean {
  const { what, platform, author, count, recipient, receivedAt } = notice
  if (what !== 'gift' || !author) return false
  const giver = platform + author.id
  const [left, until] = gifts.get(giver) ?? [0, 0]
  if (count) {
    // Whoever gives twice may be told of twice before the first ones come.
    gifts.set(giver, [count + (receivedAt > until ? 0 : left), receivedAt + TOLD_WITHIN_MS])
    bound(gifts)
    return false
  }
  if (!recipient || recipient === author.name || !left || receivedAt > until) return false
  gifts.set(giver, [left - 1, until])
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
  bound(kept)
}

function bound(kept: Set<string> | Memory['gifts']): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_IDS) return
    kept.delete(oldest)
  }
}
