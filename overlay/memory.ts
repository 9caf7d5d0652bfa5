import type { Clear, Drawable, Remove } from './words.ts'

/**
 * What the feed remembers about rows that are not on screen: ids already drawn, and removals that may arrive before
 * (or be replayed after) what they remove. Every part is bounded; the oldest entry gives way.
 */
export interface Memory {
  /** Ids drawn once: a second delivery draws nothing. */
  seen: Set<string>
  /** Ids taken away. */
  gone: Set<string>
  /** `<platform> <author id>` → the newest removal of all that author wrote. */
  authors: Map<string, Mark>
  /** Platform, or `*` for all → the newest clear. */
  clears: Map<string, Mark>
}

/** Where in time a removal stands: by order within its epoch, by the server's clock across epochs. */
export interface Mark {
  epoch: string
  seq: number
  receivedAt: number
}

export const MAX_SEEN = 1_000
export const MAX_GONE = 1_000
export const MAX_AUTHORS = 200
export const MAX_CLEARS = 50
const ALL = '*'

export function emptyMemory(): Memory {
  return { seen: new Set(), gone: new Set(), authors: new Map(), clears: new Map() }
}

export function copyMemory(memory: Memory): Memory {
  return {
    seen: new Set(memory.seen),
    gone: new Set(memory.gone),
    authors: new Map(memory.authors),
    clears: new Map(memory.clears),
  }
}

export function rememberSeen(memory: Memory, id: string): void {
  memory.seen.add(id)
  bound(memory.seen, MAX_SEEN)
}

export function rememberRemove(memory: Memory, event: Remove, epoch: string): void {
  if ('id' in event.target) {
    memory.gone.add(event.target.id)
    bound(memory.gone, MAX_GONE)
    return
  }
  memory.authors.set(authorKey(event.platform, event.target.authorId), markOf(event, epoch))
  bound(memory.authors, MAX_AUTHORS)
}

export function rememberClear(memory: Memory, event: Clear, epoch: string): void {
  memory.clears.set(clearsAll(event) ? ALL : event.platform, markOf(event, epoch))
  bound(memory.clears, MAX_CLEARS)
}

/** Whether a removal that is already known takes this event away. */
export function isGone(memory: Memory, event: Drawable, epoch: string): boolean {
  if (memory.gone.has(event.id)) return true
  const author = event.author && memory.authors.get(authorKey(event.platform, event.author.id))
  return [author, memory.clears.get(event.platform), memory.clears.get(ALL)].some(
    (mark) => mark !== undefined && stoodBefore(event, epoch, mark),
  )
}

/** Whether a removal takes away this row. */
export function isTarget(event: Drawable, removal: Remove): boolean {
  if ('id' in removal.target) return event.id === removal.target.id
  return event.platform === removal.platform && event.author?.id === removal.target.authorId
}

export function isCleared(event: Drawable, clear: Clear): boolean {
  return clearsAll(clear) || event.platform === clear.platform
}

const clearsAll = (clear: Clear) => clear.by !== 'platform'
const authorKey = (platform: string, id: string) => `${platform} ${id}`
const markOf = ({ seq, receivedAt }: Remove | Clear, epoch: string): Mark => ({ epoch, seq, receivedAt })

function stoodBefore(event: Drawable, epoch: string, mark: Mark): boolean {
  return mark.epoch === epoch ? event.seq < mark.seq : event.receivedAt < mark.receivedAt
}

function bound(kept: Set<string> | Map<string, Mark>, max: number): void {
  while (kept.size > max) {
    const [oldest] = kept.keys()
    if (oldest === undefined) return
    kept.delete(oldest)
  }
}
