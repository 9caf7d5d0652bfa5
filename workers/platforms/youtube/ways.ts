import type { Ears, Ground, SourceOrder } from '../platform.ts'
import { Api } from './api.ts'
import { type Broadcast, type Chat, NOT_BEGUN, type Way } from './broadcast.ts'
import { Finder } from './find.ts'
import { NoChat } from './hindrance.ts'
import { Door, type Load } from './innertube-door.ts'
import { InnertubeChat } from './innertube-loop.ts'
import { OfficialChat } from './official.ts'
import type { ChatPage } from './page.ts'
import type { Quota, Quotas } from './quota.ts'
import type { Rest } from './rest.ts'
import type { Turns } from './turns.ts'
import { Web } from './web.ts'
import { within } from './within.ts'

/** With a key the official way, without one the unofficial. */

export interface WayParts {
  order: SourceOrder
  ears: Ears
  ground: Ground
  rest: Rest
  turns: Turns
  /** It works: the next failure begins with the shortest pause. */
  worked(): void
}

export function wayOf(parts: WayParts, quotas: Quotas, load: Load): Way {
  const key = (parts.order.options.apiKey || parts.ground.settings.youtubeApiKey) ?? ''
  return key === '' ? new Unofficial(parts, load) : new Official(parts, key, quotas.of(key))
}

class Official implements Way {
  readonly #parts: WayParts
  readonly quota: Quota
  readonly #api: Api
  readonly #finder: Finder

  constructor(parts: WayParts, key: string, quota: Quota) {
    this.#parts = parts
    this.quota = quota
    this.#api = new Api({ ...parts, key, quota })
    this.#finder = finderOf(parts)
  }

  async find(): Promise<{ broadcast: Broadcast; chat: Chat }> {
    const { broadcast, chat } = await this.#finder.broadcast(this.#api)
    const parts = { ...this.#parts, chat, api: this.#api, quota: this.quota }
    return { broadcast, chat: new OfficialChat(parts) }
  }
}

class Unofficial implements Way {
  readonly quota = null
  readonly #parts: WayParts
  readonly #door: Door
  readonly #web: Web
  readonly #finder: Finder

  constructor(parts: WayParts, load: Load) {
    const { ground, rest } = parts
    this.#parts = parts
    this.#web = new Web(parts)
    this.#finder = finderOf(parts)
    this.#door = new Door({
      webUrl: ground.settings.youtubeWebUrl ?? '',
      load,
      during: (act) => rest.during(act),
      within: within(ground),
    })
  }

  async find(): Promise<{ broadcast: Broadcast; chat: Chat | null }> {
    const broadcast = await this.#finder.video()
    const page = await this.#web.chat(broadcast.video)
    if (page === null && !broadcast.runs) throw new NoChat(NOT_BEGUN)
    return { broadcast, chat: page && this.#chat(page) }
  }

  #chat(page: ChatPage): Chat {
    const topOnly = this.#parts.order.options.topChat === 'yes' || page.all === undefined
    const continuation = (topOnly ? page.top : undefined) ?? page.all ?? ''
    const parts = { ...this.#parts, continuation, initial: topOnly ? page.initial : null, door: this.#door }
    return new InnertubeChat(parts)
  }
}

function finderOf(parts: WayParts): Finder {
  const { order, ground, ears } = parts
  return new Finder({ name: order.name, knownId: order.facts.id, ground, ears, web: new Web(parts) })
}
