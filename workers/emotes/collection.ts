import { type EmoteMap, merge, NO_EMOTES } from './emote.ts'
import type { Pictures } from './pictures.ts'
import type { EmoteSet } from './set.ts'

/** The sets of one channel, or those that all channels have, as one table. */
export class Collection {
  #sets: readonly EmoteSet[] = []
  #emotes: EmoteMap = NO_EMOTES
  #badges: ReadonlyMap<string, string> = new Map()
  /** How many followed sources use it. */
  users = 0

  /** What the platform itself knows of the channel's badges. */
  readonly pictures: Pictures | null

  /** `make` gives the sets in their order of precedence, each of which tells when it has changed. */
  constructor(make: (changed: () => void) => readonly EmoteSet[], pictures: Pictures | null = null) {
    this.pictures = pictures
    this.#sets = make(() => this.#join())
    for (const set of this.#sets) void set.start()
  }

  get emotes(): EmoteMap {
    return this.#emotes
  }

  /** The services' pictures for badges, by the badge's id; they come before the platform's own. */
  get badges(): ReadonlyMap<string, string> {
    return this.#badges
  }

  stop(): void {
    for (const set of this.#sets) set.stop()
    this.pictures?.stop()
    this.#emotes = NO_EMOTES
  }

  #join(): void {
    this.#emotes = merge(this.#sets.map(({ emotes }) => emotes))
    this.#badges = new Map(this.#sets.flatMap(({ badges }) => [...(badges ?? [])]).reverse())
  }
}
