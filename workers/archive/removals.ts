import type { ChatEvent } from '../message.ts'
import type { Removed } from './words.ts'

/** What a remove or clear event takes away, as kept beside its segment. */
export interface Mark {
  /** Row of the event in its segment. */
  row: number
  platform: string
  by: 'platform' | 'panel'
  at: number
  target: { id: string } | { authorId: string } | 'platform' | 'all'
}

/** Null for whatever removes nothing; a clear by the stream only empties the picture. */
export function markOf(event: ChatEvent, row: number): Mark | null {
  const { platform, at } = event
  if (event.kind === 'remove') return { row, platform, by: event.by, at, target: event.target }
  if (event.kind !== 'clear' || event.by === 'stream') return null
  return { row, platform, by: event.by, at, target: event.by === 'panel' ? 'all' : 'platform' }
}

/** More than the rows of any segment. */
const ROWS_APART = 1_000_000

/** A place in a stream's transcript as one number. */
export function positionOf(segment: number, row: number): number {
  return segment * ROWS_APART + row
}

interface Placed extends Removed {
  position: number
}

/** All removals of one stream, asked for event by event. Marks are added in the order of the transcript. */
export class Removals {
  #size = 0
  readonly #byId = new Map<string, Removed>()
  readonly #byKey = new Map<string, Placed[]>()

  get size(): number {
    return this.#size
  }

  add(segment: number, mark: Mark): void {
    this.#size += 1
    const { at, by, target } = mark
    if (typeof target === 'object' && 'id' in target) {
      if (!this.#byId.has(target.id)) this.#byId.set(target.id, { at, by })
      return
    }
    const key = typeof target === 'object' ? authorKey(mark.platform, target.authorId) : reachKey(mark.platform, target)
    const list = this.#byKey.get(key) ?? []
    list.push({ position: positionOf(segment, mark.row), at, by })
    this.#byKey.set(key, list)
  }

  /** Who took the event away first; null while it stands. One removed by its id is gone even if the removal came first. */
  of(event: ChatEvent, position: number): Removed | null {
    if (event.kind !== 'message' && event.kind !== 'notice') return null
    const single = this.#byId.get(event.id)
    if (single !== undefined) return single
    const keys = [reachKey(event.platform, 'platform'), reachKey(event.platform, 'all')]
    if (event.author !== undefined) keys.push(authorKey(event.platform, event.author.id))
    const found = keys
      .map((key) => this.#after(key, position))
      .filter((placed) => placed !== null)
      .sort((a, b) => a.position - b.position)[0]
    return found === undefined ? null : { at: found.at, by: found.by }
  }

  #after(key: string, position: number): Placed | null {
    const list = this.#byKey.get(key)
    if (list === undefined) return null
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle]?.position ?? 0) > position) high = middle
      else low = middle + 1
    }
    return list[low] ?? null
  }
}

function authorKey(platform: string, authorId: string): string {
  return `author ${platform} ${authorId}`
}

function reachKey(platform: string, reach: 'platform' | 'all'): string {
  return reach === 'all' ? 'all' : `platform ${platform}`
}
