import { setTimeout as pause } from 'node:timers/promises'
import type { Bus, History } from '../bus/bus.ts'
import type { Hub } from '../channels/hub.ts'
import type { Entry } from '../entries.ts'
import type { Slice } from '../slice.ts'
import { shownIn } from './shown.ts'
import { isSaid, readState, type SharedState, stageChange, withMore } from './state.ts'

/** Whoever begins to listen to a channel that is just being opened waits so long for all that is shown of it beside events, ms. */
const WHOLE_WITHIN_MS = 1_000

/** Where a channel is shown from. */
export type Place = Pick<Entry, 'id' | 'epoch'>

export interface FollowedParts {
  bus: Pick<Bus, 'follow' | 'unfollow'>
  hub: Pick<Hub, 'anew' | 'streamChanged' | 'stageChanged' | 'statusChanged'>
}

interface Away extends Place {
  state: SharedState
}

/** Channels that have their home on another node and are shown here: what their homes say of them. */
export class Followed {
  readonly #parts: FollowedParts
  readonly #away = new Map<string, Away>()
  readonly #beginning = new Map<string, Promise<Place>>()
  /** Those who wait for the first state of a channel. */
  readonly #waiting = new Map<string, () => void>()

  constructor(parts: FollowedParts) {
    this.#parts = parts
  }

  place(channelId: string): Place | undefined {
    return this.#away.get(channelId)
  }

  /** null = it is not followed. */
  stateOf(channelId: string): SharedState | null {
    return this.#away.get(channelId)?.state ?? null
  }

  /** Shared by all who ask meanwhile. */
  follow(channelId: string): Promise<Place> {
    const beginning = this.#beginning.get(channelId) ?? this.#begin(channelId)
    this.#beginning.set(channelId, beginning)
    return beginning
  }

  /** Its home is here now. */
  forget(channelId: string): void {
    this.#away.delete(channelId)
  }

  /** Nobody listens to it here any more. False when it was not followed. */
  end(channelId: string): boolean {
    const followed = this.#away.delete(channelId)
    if (followed) this.#parts.bus.unfollow(channelId)
    return followed
  }

  /** Something was said. False when the channel is not followed. */
  counts({ channelId, events }: Slice): boolean {
    const away = this.#away.get(channelId)
    if (away?.state.stream.live) away.state = withMore(away.state, events.filter(isSaid).length)
    return away !== undefined
  }

  heardState(channelId: string, text: string): void {
    const away = this.#away.get(channelId)
    if (away === undefined) return
    const before = away.state
    away.state = readState(text)
    this.#waiting.get(channelId)?.()
    const { hub } = this.#parts
    const stage = stageChange(before.stage, away.state.stage)
    if (Object.keys(stage).length > 0) hub.stageChanged(channelId, stage)
    if (streamOf(before) !== streamOf(away.state)) hub.streamChanged(channelId)
    hub.statusChanged(channelId)
  }

  heardAnew(channelId: string, history: History): void {
    if (this.#away.has(channelId)) this.#show(channelId, history)
  }

  async #begin(channelId: string): Promise<Place> {
    try {
      const history = await this.#parts.bus.follow(channelId)
      const place = this.#show(channelId, history)
      // Its home is just opening it. What is held empty must not be shown meanwhile.
      if (history.state === null) await this.#firstState(channelId)
      return place
    } finally {
      this.#beginning.delete(channelId)
    }
  }

  async #firstState(channelId: string): Promise<void> {
    const told = new Promise<void>((resolve) => this.#waiting.set(channelId, resolve))
    await inTime(told)
    this.#waiting.delete(channelId)
  }

  #show(channelId: string, history: History): Place {
    const away = { id: channelId, epoch: history.epoch ?? '', state: readState(history.state) }
    this.#away.set(channelId, away)
    this.#parts.hub.anew({ ...away, seq: history.seq }, shownIn(history), true)
    return away
  }
}

/** Resolves when all of a channel is there, or when it was waited for long enough. */
export async function inTime(whole: Promise<void> | undefined): Promise<void> {
  await Promise.race([whole, pause(WHOLE_WITHIN_MS, undefined, { ref: false })])
}

/** What a page is told of a stream, without what it counts itself. */
function streamOf({ stream: { messages: _, lastAt: __, ...told } }: SharedState): string {
  return JSON.stringify(told)
}
