import type { Log } from './log.ts'
import type { HiddenPerson } from './stores/moderation.ts'
import type { Stores } from './stores/stores.ts'

const LOOK_EVERY_MS = 2_000

export interface LiftingParts {
  stores: Pick<Stores, 'people' | 'streams'>
  /** They are off the list. */
  lifted(person: HiddenPerson): Promise<void>
  log: Log
  /** Of several servers: whether this one runs the channel, or does from now on. */
  mine?: (channelId: string) => Promise<boolean>
  now?: () => number
}

/**
 * Shows people again who were hidden for a time or for one stream. The list itself says until when, so that a restart forgets nothing
 * and what became due meanwhile is found at once. What they wrote while they were hidden stays hidden.
 */
export class Lifting {
  readonly #parts: LiftingParts
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null

  constructor(parts: LiftingParts) {
    this.#parts = parts
  }

  begin(): void {
    this.#lookNow()
    this.#timer = setInterval(() => this.#lookNow(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#looking
  }

  async look(): Promise<void> {
    const { stores, lifted, mine = async () => true, now = Date.now } = this.#parts
    const running = new Set((await stores.streams.live()).map(({ id }) => id))
    for (const person of await stores.people.due(now(), running)) {
      if ((await mine(person.channelId)) && (await stores.people.lift(person))) await lifted(person)
    }
  }

  #lookNow(): void {
    this.#looking ??= this.look()
      .catch((error: unknown) =>
        this.#parts.log.error({ err: error }, 'people could not be shown again; it is tried again'),
      )
      .finally(() => {
        this.#looking = null
      })
  }
}
