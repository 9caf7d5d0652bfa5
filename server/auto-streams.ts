import type { Broadcast } from '../workers/followed.ts'
import { CrossChatError } from './errors.ts'
import type { Ingest } from './ingest.ts'
import type { Log } from './log.ts'
import type { Sources } from './sources.ts'
import type { LiveStreams } from './streams.ts'

/** How long a broadcast may be away without its end ending the stream: an encoder that crashed is back within that; ms. */
export const GRACE_MS = 3 * 60_000
/** News of a beginning that is older than this begins nothing: it comes late, or was asked for long after; ms. */
export const FRESH_MS = 10 * 60_000
/** A stream that could not be begun is tried so often, with so much in between. */
const TRIES = 5
const TRY_AGAIN_MS = 5_000

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back after so many ms; gives what takes that back. */
  after(ms: number, act: () => void): () => void
}

export interface AutoStreamsParts {
  streams: Pick<LiveStreams, 'start' | 'end' | 'state' | 'isAuto' | 'auto'>
  sources: Pick<Sources, 'broadcasts'>
  ingest: Pick<Ingest, 'platforms'>
  graceMs: number
  log: Log
  clock?: Clock
}

/**
 * Streams that begin and end with a platform's broadcast, where that was asked for. Only a stream that was begun so is ended so, once none
 * of the platforms that were asked for has been on for the grace period. What must outlive the process stands in the records of streams
 * (who began it) and sources (whether a broadcast runs).
 */
export class AutoStreams {
  readonly #parts: AutoStreamsParts
  readonly #clock: Clock
  /** What is to be done later, one thing a channel. */
  readonly #later = new Map<string, () => void>()

  constructor(parts: AutoStreamsParts) {
    this.#parts = parts
    this.#clock = parts.clock ?? WALL_CLOCK
  }

  /** Takes up where the process before stopped: a stream whose broadcast is over gets its grace anew, so that sources can say otherwise. */
  start(): void {
    for (const channelId of this.#parts.streams.auto()) this.#weigh(channelId)
  }

  /** The channel's streams are begun and ended here from now on. */
  takeUp(channelId: string): void {
    this.#weigh(channelId)
  }

  letGo(channelId: string): void {
    this.#cancel(channelId)
  }

  stop(): void {
    for (const cancel of this.#later.values()) cancel()
    this.#later.clear()
  }

  /** A broadcast began or ended; never told twice. */
  hear(channelId: string, platform: string, news: Broadcast): void {
    if (!this.#parts.sources.broadcasts(channelId).some((each) => each.platform === platform)) return
    if (!news.live) this.#weigh(channelId)
    else {
      this.#cancel(channelId)
      if (this.#clock.now() - news.at <= FRESH_MS) void this.#begin(channelId, this.#titleOf(platform, news), TRIES)
    }
  }

  #titleOf(platform: string, { title = '' }: Broadcast): string {
    const label = this.#parts.ingest.platforms.find(({ id }) => id === platform)?.label ?? platform
    return title === '' ? `${label} broadcast` : title
  }

  async #begin(channelId: string, title: string, tries: number): Promise<void> {
    const { streams, log } = this.#parts
    if (streams.state(channelId).live) return
    try {
      await streams.start(channelId, title, true)
      log.info({ channel: channelId }, 'a stream began with a broadcast')
    } catch (error) {
      log.warn({ err: error, channel: channelId, tries }, 'a stream could not be begun with a broadcast')
      if (tries > 1) this.#after(channelId, TRY_AGAIN_MS, () => void this.#begin(channelId, title, tries - 1))
    }
  }

  /** Lets the grace period begin when nothing that was asked for is on any more. */
  #weigh(channelId: string): void {
    if (!this.#isOver(channelId)) return
    this.#after(channelId, this.#parts.graceMs, () => void this.#end(channelId))
  }

  /** False, too, when a person has begun the stream, or asks for this no longer. */
  #isOver(channelId: string): boolean {
    const asked = this.#parts.sources.broadcasts(channelId)
    return this.#parts.streams.isAuto(channelId) && asked.length > 0 && !asked.some(({ live }) => live)
  }

  async #end(channelId: string): Promise<void> {
    const { streams, log } = this.#parts
    if (!this.#isOver(channelId)) return
    try {
      await streams.end(channelId, false)
      log.info({ channel: channelId }, 'a stream ended with its broadcast')
    } catch (error) {
      // A person was quicker.
      if (error instanceof CrossChatError && error.code === 'no_stream') return
      log.warn({ err: error, channel: channelId }, 'a stream could not be ended with its broadcast')
      this.#weigh(channelId)
    }
  }

  #after(channelId: string, ms: number, act: () => void): void {
    this.#cancel(channelId)
    const cancel = this.#clock.after(ms, () => {
      this.#later.delete(channelId)
      act()
    })
    this.#later.set(channelId, cancel)
  }

  #cancel(channelId: string): void {
    this.#later.get(channelId)?.()
    this.#later.delete(channelId)
  }
}

const WALL_CLOCK: Clock = {
  now: Date.now,
  after(ms, act) {
    const timer = setTimeout(act, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
