import { clearing, release, removal, restoration, type Target } from '../../server/routes/removals.ts'
import type { Draft } from '../../workers/message.ts'
import type { Placed } from './history.ts'
import { CHANNEL } from './plan.ts'
import type { Server } from './server.ts'

const PLATFORM = 'twitch'
/** Of what a moderator does, so much gives back what they took. */
const BACK_SHARE = 0.4
const CLEAR_SHARE = 0.05
const AUTHOR_SHARE = 0.3
const RELEASE_SHARE = 0.3
/** The newest messages that they look at. */
const LOOKED_AT = 30

/** Somebody at the panel, who takes messages and people off the air and gives them back. What fails is not tried again. */
export class Moderator {
  readonly #random: () => number
  readonly #refuses: number
  readonly #order: readonly Placed[]
  readonly #told: string[]
  readonly #taken: Target[] = []
  /** Held messages about which a decision is on its way, and to whom. */
  readonly #deciding = new Map<string, Server>()

  /** `told`: where it is written down which of their events they were told of. `refuses`: so much of what is held. */
  constructor(random: () => number, order: readonly Placed[], told: string[], refuses: number) {
    this.#random = random
    this.#refuses = refuses
    this.#order = order
    this.#told = told
  }

  act(server: Server): void {
    const held = this.#decided(server)
    const draft = held?.draft ?? this.#draft()
    if (draft === null) return
    server.line
      .event(CHANNEL, draft)
      .then(
        ({ accepted }) => this.#told.push(...accepted.map(({ id }) => id)),
        () => server.giveBack(draft),
      )
      .finally(() => {
        if (held !== null) this.#deciding.delete(held.id)
      })
  }

  /** Held messages about which this server has not heard the end of a decision. */
  deciding(server: Server): string[] {
    return [...this.#deciding].filter(([, whose]) => whose === server).map(([id]) => id)
  }

  #decided(server: Server): { id: string; draft: Draft } | null {
    const [event] = server.held.list(CHANNEL, 1)
    const chance = event === undefined ? 1 : this.#random()
    if (event === undefined || chance >= RELEASE_SHARE + this.#refuses) return null
    const { id } = server.held.decide(CHANNEL, event.id)
    this.#deciding.set(id, server)
    if (chance < RELEASE_SHARE) return { id, draft: release(event, server.held.turn(CHANNEL, id)) }
    const target = { platform: PLATFORM, target: { id } }
    this.#taken.push(target)
    return { id, draft: removal(target) }
  }

  #draft(): Draft | null {
    if (this.#random() < CLEAR_SHARE) return clearing()
    const back = this.#random() < BACK_SHARE ? this.#some(this.#taken) : undefined
    if (back !== undefined) return restoration(back)
    const target = this.#someTarget()
    if (target === null) return null
    this.#taken.push(target)
    return removal(target)
  }

  #someTarget(): Target | null {
    const messages = this.#order.slice(-LOOKED_AT).filter(({ drawn, author }) => drawn && author !== undefined)
    const message = this.#some(messages)
    if (message === undefined) return null
    const { id, author = '' } = message
    const target = this.#random() < AUTHOR_SHARE ? { authorId: author.slice(PLATFORM.length + 1) } : { id }
    return { platform: PLATFORM, target }
  }

  #some<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#random() * list.length)]
  }
}
