import type { ChatEvent, Remove } from '../message.ts'
import type { Removed } from './words.ts'

/** What an event takes away, or gives back, as kept beside its segment. */
export interface Mark {
  /** Row of the event in its segment. */
  row: number
  platform: string
  by: 'platform' | 'panel'
  at: number
  target: Remove['target'] | 'platform'
  /** It takes back what the panel did to the target before. */
  restores?: true
  /** It puts a held event on air. */
  releases?: true
}

/** Null for whatever removes nothing; a clear by the stream or the panel only empties the picture. */
export function markOf(event: ChatEvent, row: number): Mark | null {
  const { platform, at } = event
  if (event.kind === 'remove') return { row, platform, by: event.by, at, target: event.target }
  if (event.kind === 'restore') {
    const mark: Mark = { row, platform, by: event.by, at, target: event.target, restores: true }
    return event.released ? { ...mark, releases: true } : mark
  }
  if (event.kind !== 'clear' || event.by !== 'platform') return null
  return { row, platform, by: event.by, at, target: 'platform' }
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
type By = Removed['by']

/** All removals of one stream, asked for event by event. Marks are added in the order of the transcript. */
export class Removals {
  #size = 0
  /** By who and which event. */
  readonly #single = new Map<string, Placed>()
  /** By who and whose events: each in order. */
  readonly #many = new Map<string, Placed[]>()
  /** Event → where the panel last gave it back. */
  readonly #restored = new Map<string, number>()
  /** Held event → when it was put on air, ms. */
  readonly #released = new Map<string, number>()

  get size(): number {
    return this.#size
  }

  add(segment: number, mark: Mark): void {
    this.#size += 1
    const position = positionOf(segment, mark.row)
    if (mark.restores) this.#restore(mark, position)
    else this.#remove(mark, { at: mark.at, by: mark.by, position })
  }

  /** Who took the event away first; null while it stands. One removed by its id is gone even if the removal came first. */
  of(event: ChatEvent, position: number): Removed | null {
    if (event.kind !== 'message' && event.kind !== 'notice') return null
    const byPanel = Math.max(position, this.#restored.get(event.id) ?? 0)
    const found = [
      this.#single.get(idKey('platform', event.id)) ?? null,
      this.#single.get(idKey('panel', event.id)) ?? null,
      this.#after(platformKey(event.platform), position),
      ...(event.author === undefined
        ? []
        : [
            this.#after(authorKey('platform', event.platform, event.author.id), position),
            this.#after(authorKey('panel', event.platform, event.author.id), byPanel),
          ]),
    ]
    const first = found.filter((placed) => placed !== null).sort((a, b) => a.position - b.position)[0]
    return first === undefined ? null : { at: first.at, by: first.by }
  }

  /** When a held event was put on air, ms; undefined = never. */
  releasedAt(id: string): number | undefined {
    return this.#released.get(id)
  }

  #remove({ by, platform, target }: Mark, placed: Placed): void {
    if (typeof target === 'object' && 'id' in target) {
      const key = idKey(by, target.id)
      if (!this.#single.has(key)) this.#single.set(key, placed)
      return
    }
    const key = typeof target === 'object' ? authorKey(by, platform, target.authorId) : platformKey(platform)
    const list = this.#many.get(key) ?? []
    list.push(placed)
    this.#many.set(key, list)
  }

  #restore({ platform, target, at, releases }: Mark, position: number): void {
    if (target === 'platform') return
    if (releases && 'id' in target) this.#released.set(target.id, at)
    if ('authorId' in target) {
      this.#many.delete(authorKey('panel', platform, target.authorId))
      return
    }
    this.#single.delete(idKey('panel', target.id))
    this.#restored.set(target.id, position)
  }

  #after(key: string, position: number): Placed | null {
    const list = this.#many.get(key)
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

function idKey(by: By, id: string): string {
  return `${by} ${id}`
}

function authorKey(by: By, platform: string, authorId: string): string {
  return `author ${by} ${platform} ${authorId}`
}

function platformKey(platform: string): string {
  return `platform ${platform}`
}
