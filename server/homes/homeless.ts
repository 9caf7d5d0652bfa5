import { CrossChatError } from '../errors.ts'
import type { Leases } from '../leases/leases.ts'
import type { Log } from '../log.ts'
import { Elsewhere } from './elsewhere.ts'

/** How often it is looked for channels that nobody runs, ms, and how many are taken at once: the other nodes look, too. */
export const LOOK_EVERY_MS = 1_000
const MAX_TAKEN_AT_ONCE = 50

export interface HomelessParts {
  leases: Pick<Leases, 'free'>
  /** Channels that somebody must run, and do not have their home here. */
  missing(): Promise<string[]>
  take(channelId: string): Promise<unknown>
  log: Log
}

/** Channels that nobody runs: this node takes them. */
export class Homeless {
  readonly #parts: HomelessParts
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | null = null

  constructor(parts: HomelessParts) {
    this.#parts = parts
  }

  async begin(): Promise<void> {
    await this.#look()
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  /** Resolves when none is being taken any more. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  #look(): Promise<void> {
    this.#looking ??= this.#takeFree()
      .catch((error: unknown) => this.#parts.log.debug({ err: error }, 'channels without a home cannot be looked for'))
      .finally(() => {
        this.#looking = null
      })
    return this.#looking
  }

  async #takeFree(): Promise<void> {
    const { leases, missing } = this.#parts
    const free = await leases.free(await missing())
    await Promise.all(
      shuffled(free)
        .slice(0, MAX_TAKEN_AT_ONCE)
        .map((channelId) => this.#take(channelId)),
    )
  }

  async #take(channelId: string): Promise<void> {
    const { take, log } = this.#parts
    try {
      await take(channelId)
    } catch (error) {
      if (error instanceof Elsewhere || (error instanceof CrossChatError && error.code === 'stopping')) return
      log.warn({ err: error, channel: channelId }, 'a channel could not be taken')
    }
  }
}

/** Nodes that look at the same moment do not all begin with the same channel. */
function shuffled<T>(list: T[]): T[] {
  return list
    .map((each) => ({ each, place: Math.random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each)
}
