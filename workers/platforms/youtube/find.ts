import { OutsideError } from '../../fetching.ts'
import type { Ears, Ground } from '../platform.ts'
import type { Api, VideoView } from './api.ts'
import { type Broadcast, NOT_BEGUN } from './broadcast.ts'
import { CHAT_OFF, NeedsPerson, NoChat, RARELY_MS } from './hindrance.ts'
import { type Channel, channelIdOf, type LivePage } from './page.ts'
import type { Web } from './web.ts'

/** From a followed name (`UC…`, `@handle`, `video:…`) to the broadcast that runs. */

/** Where the page cannot be read, a source searches so seldom, ms: there are 100 searches a day for all of them. */
const SEARCH_EVERY_MS = 30 * 60_000
const VIDEO = 'video:'

export interface FindParts {
  name: string
  /** The channel's own id, if it was learnt before. */
  knownId: string | undefined
  ground: Ground
  ears: Ears
  web: Web
}

export class Finder {
  readonly #parts: FindParts
  #id: string | undefined
  #searchAgainAt = Number.NEGATIVE_INFINITY

  constructor(parts: FindParts) {
    this.#parts = parts
    this.#id = channelIdOf(parts.name) ?? channelIdOf(parts.knownId)
  }

  /** By the pages alone: the video that is, or may be, on air. Throws NoChat while there is none. */
  async video(): Promise<Broadcast> {
    const { name, web } = this.#parts
    if (name.startsWith(VIDEO)) return broadcastOf(name.slice(VIDEO.length), {})
    return this.#shown(await web.live(name))
  }

  /** With the official API: the page first, as it costs nothing, then one unit for what it shows. Throws NoChat while there is none. */
  async broadcast(api: Api): Promise<{ broadcast: Broadcast; chat: string }> {
    const { name } = this.#parts
    const own = name.startsWith(VIDEO)
    const { video } = own ? await this.video() : await this.#candidate(api)
    const view = await api.video(video)
    if (view === null && own) throw new NeedsPerson('YouTube has no such video, or it is private.')
    if (view === null || view.state === 'upcoming') throw new NoChat(NOT_BEGUN)
    if (view.state === 'over') throw own ? this.#ended() : new NoChat(NOT_BEGUN)
    if (view.chat === undefined) throw new NoChat(CHAT_OFF, { broadcasts: true })
    this.#learn(view.channel)
    return { broadcast: broadcastOf(video, view), chat: view.chat }
  }

  async #candidate(api: Api): Promise<Broadcast> {
    try {
      return await this.video()
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error
      return await this.#searched(api, error)
    }
  }

  /** The expensive way, for when the page cannot be read. */
  async #searched(api: Api, because: OutsideError): Promise<Broadcast> {
    const { ground, name } = this.#parts
    if (ground.steady() < this.#searchAgainAt) throw because
    this.#id ??= await this.#idOf(api, name)
    const video = await api.search(this.#id)
    if (video === undefined) throw because
    this.#searchAgainAt = ground.steady() + ground.ms(SEARCH_EVERY_MS)
    if (video === null) throw new NoChat(NOT_BEGUN)
    return broadcastOf(video, {})
  }

  async #idOf(api: Api, handle: string): Promise<string> {
    const channel = await api.channel(handle)
    if (channel?.id === undefined) throw new NeedsPerson(`YouTube has no channel ${handle}. Check how it is written.`)
    this.#learn(channel)
    return channel.id
  }

  #shown({ video, live, title, channel }: LivePage): Broadcast {
    this.#learn(channel)
    if (video === null || live === false) throw new NoChat(NOT_BEGUN)
    return broadcastOf(video, { title, channel, ...(live === true && { state: 'live' }) })
  }

  #ended(): NoChat {
    return new NoChat('This broadcast has ended.', { pause: this.#parts.ground.ms(RARELY_MS) })
  }

  #learn(channel: Channel): void {
    this.#id = channel.id ?? this.#id
    const known = Object.entries(channel).filter((fact): fact is [string, string] => fact[1] !== undefined)
    this.#parts.ears.learn(Object.fromEntries(known))
  }
}

function broadcastOf(video: string, { state, title, startedAt, channel }: Partial<VideoView>): Broadcast {
  return { video, runs: state === 'live', title, startedAt, channel: channel ?? {} }
}
