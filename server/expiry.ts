import type { Log } from './log.ts'
import type { Stores } from './stores/stores.ts'
import type { Stream } from './stores/streams.ts'

/** How long a deleted stream can be brought back; then its files go. */
export const GRACE_MS = 7 * 86_400_000
export const DAY_MS = 86_400_000
/** How often it is looked what is due, and how soon again when one look did not do for all. */
export const LOOK_EVERY_MS = 10 * 60_000
const AGAIN_MS = 1_000
/** Streams that one look removes at most. */
export const MAX_REMOVED = 50

/** A time of day that is so far ahead of what it should be has jumped, ms; nothing is removed by it for `REST_MS`, in which it may be set right. */
export const JUMP_MS = 60 * 60_000
export const REST_MS = DAY_MS

export interface ExpiryParts {
  stores: Pick<Stores, 'streams' | 'archive' | 'channels' | 'moments'>
  log: Log
  /** Of several servers with one store: whether it is this one that removes. */
  mine?: () => Promise<boolean>
  /** Milliseconds since 1970, and of a clock that never jumps. */
  now?: () => number
  steady?: () => number
}

/**
 * Removes what is due: streams whose grace after deletion is over, and streams that ended longer ago than their channel keeps any.
 * One after the other and so many a look, so that a long history that goes holds nothing up. A stream that runs has not ended.
 */
export class Expiry {
  readonly #parts: ExpiryParts
  readonly #now: () => number
  readonly #steady: () => number
  /** How far the time of day is before the steady clock, ms. */
  #apart: number
  #restsUntil = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null
  #stopped = false

  constructor(parts: ExpiryParts) {
    this.#parts = parts
    this.#now = parts.now ?? (() => Date.now())
    this.#steady = parts.steady ?? (() => performance.now())
    this.#apart = this.#now() - this.#steady()
  }

  begin(): void {
    this.#lookIn(AGAIN_MS)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#looking
  }

  /** Returns how many streams were removed; `MAX_REMOVED` = there may be more. */
  async look(): Promise<number> {
    const { mine = async () => true } = this.#parts
    if (this.#rests() || !(await mine())) return 0
    let removed = 0
    for (const stream of await this.#due()) {
      if (this.#stopped) break
      if (await this.#removed(stream)) removed++
    }
    return removed
  }

  /** One that cannot be removed keeps none of the others; it is due again at the next look. */
  async #removed(stream: Stream): Promise<boolean> {
    try {
      await this.#remove(stream)
      return true
    } catch (error) {
      this.#parts.log.error({ err: error, stream: stream.id }, 'what is due could not be removed; it is tried again')
      return false
    }
  }

  /** What a clock that jumped ahead would make due is gone for good, so that is not believed at once. */
  #rests(): boolean {
    const steady = this.#steady()
    const apart = this.#now() - steady
    if (apart - this.#apart > JUMP_MS) {
      this.#restsUntil = steady + REST_MS
      this.#parts.log.warn(
        { aheadMs: Math.round(apart - this.#apart) },
        'the clock has jumped; nothing is removed as due for a day',
      )
    }
    this.#apart = apart
    return steady < this.#restsUntil
  }

  async #due(): Promise<Stream[]> {
    const { streams, channels } = this.#parts.stores
    const due = await streams.deletedBefore(this.#now() - GRACE_MS, MAX_REMOVED)
    for (const { id, retentionDays } of await channels.retained()) {
      if (due.length >= MAX_REMOVED) break
      const before = this.#now() - retentionDays * DAY_MS
      const old = await streams.endedBefore(id, before, MAX_REMOVED - due.length)
      due.push(...old.filter((stream) => !due.some((each) => each.id === stream.id)))
    }
    return due
  }

  /** The transcript first: should this break off, the record is still there, and due. */
  async #remove({ id, endedAt, channelId }: Stream): Promise<void> {
    const { streams, archive, moments } = this.#parts.stores
    if (endedAt === null) return
    await archive.remove(id)
    await moments.forget(id)
    await streams.remove(id)
    this.#parts.log.info({ stream: id, channel: channelId }, 'a stream was removed: it was due')
  }

  #lookIn(ms: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#looking = this.look()
        .catch((error: unknown) => {
          this.#parts.log.error({ err: error }, 'what is due could not be removed; it is tried again')
          return 0
        })
        .then((removed) => this.#lookIn(removed >= MAX_REMOVED ? AGAIN_MS : LOOK_EVERY_MS))
    }, ms)
    this.#timer.unref()
  }
}
