import type { Draft } from '../../../../workers/message.ts'
import type {
  Broadcast,
  Connector,
  Ears,
  Facts,
  Following,
  Ground,
  Quota,
  Taken,
} from '../../../../workers/platforms/platform.ts'
import { connector } from '../../../../workers/platforms/youtube/connect.ts'
import { youtube as platform } from '../../../../workers/platforms/youtube/index.ts'
import { YouTube } from '../../../help/stand-ins/youtube.ts'

/** A source that is followed without a server: what its connector tells, and what came of the payloads. */

export const CHANNEL = `UC${'n'.repeat(22)}`
export const KEY = 'an-invented-api-key'

/** Ears that keep everything. */
export class Listener implements Ears {
  readonly events: Draft[] = []
  readonly states: string[] = []
  readonly lives: { filled: boolean; way?: string }[] = []
  /** Whether something may have been missed before, each time that it began to wait. */
  readonly waits: { filled: boolean }[] = []
  readonly broadcasts: Broadcast[] = []
  facts: Facts = {}
  said = ''
  quotas: Quota[] = []
  duplicates = 0
  /** How often something was handed over. */
  takes = 0
  /** While set, the line is full. */
  full: Promise<void> | null = null
  readonly #seen = new Set<string>()
  #waiting: (() => void)[] = []

  get state(): string {
    return this.states.at(-1) ?? ''
  }

  get texts(): string[] {
    return this.events.flatMap((event) => (event.kind === 'message' ? [event.text] : []))
  }

  take(body: string): Taken {
    this.takes++
    const before = this.events.length
    let duplicates = 0
    for (const payload of platform.read(body, {})) {
      const { events } = platform.normalise(payload, { receivedAt: Date.now(), delivery: `d${this.events.length}` })
      for (const event of events) {
        if (this.#seen.has(event.id)) duplicates++
        else this.events.push(event)
        this.#seen.add(event.id)
      }
    }
    this.duplicates += duplicates
    this.#tell()
    return { accepted: this.events.length - before, duplicates, full: this.full }
  }

  heard(): void {}
  connecting(): void {
    this.#enter('connecting')
  }
  live(how: { filled: boolean; way?: string }): void {
    this.lives.push(how)
    this.#enter('live')
  }
  waiting(why: string, how = { filled: false }): void {
    this.waits.push(how)
    this.#enter('waiting', why)
  }
  stale(): void {
    this.#enter('stale')
  }
  retry(why: string): void {
    this.#enter('retry', why)
  }
  attention(why: string): void {
    this.#enter('attention', why)
  }
  learn(facts: Facts): void {
    const known = Object.entries({ ...this.facts, ...facts })
    this.facts = Object.fromEntries(known.filter(([, value]) => value !== ''))
  }
  broadcast(news: Broadcast): void {
    this.broadcasts.push(news)
    this.#tell()
  }
  quota(quota: Quota): void {
    this.quotas.push(quota)
    this.#tell()
  }

  async until(so: (listener: Listener) => boolean): Promise<void> {
    while (!so(this)) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #enter(state: string, said = ''): void {
    this.said = said
    this.states.push(state)
    this.#tell()
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

export interface Scene {
  youtube: YouTube
  ground: Ground
  listener: Listener
  /** `key`: an API key, or null for the unofficial way. */
  follow(name?: string, more?: { key?: string | null; options?: Facts; facts?: Facts; ears?: Listener }): Following
  /** Ends everything. */
  close(): Promise<void>
}

export interface Setting {
  live?: boolean
  /** Waits are divided by this. */
  haste?: number
  ground?: Partial<Ground>
  load?: () => Promise<unknown>
}

export async function scene({ live = true, haste = 100, ground: own = {}, load }: Setting = {}): Promise<Scene> {
  const youtube = await YouTube.start(0, { live })
  const { env } = youtube
  const ground: Ground = {
    settings: {
      youtubeApiUrl: env.CROSSCHAT_YOUTUBE_API_URL ?? '',
      youtubeStreamUrl: env.CROSSCHAT_YOUTUBE_STREAM_URL ?? '',
      youtubeWebUrl: env.CROSSCHAT_YOUTUBE_WEB_URL ?? '',
      youtubeApiKey: '',
      youtubeListCost: '5',
    },
    ms: (ms) => Math.ceil(ms / haste),
    now: Date.now,
    steady: () => performance.now(),
    random: () => 0.5,
    ...own,
  }
  const made: Connector = connector(ground, load)
  const listener = new Listener()
  const followed: Following[] = []
  return {
    youtube,
    ground,
    listener,
    follow: (name = CHANNEL, { key = KEY, options = {}, facts = {}, ears = listener } = {}) => {
      const order = { channel: 1, platform: 'youtube', number: 1, name, facts, leftAt: null }
      ears.facts = facts
      const all = key === null ? options : { apiKey: key, ...options }
      const following = made.follow({ ...order, options: all }, ears)
      followed.push(following)
      return following
    },
    close: async () => {
      for (const each of followed) each.stop()
      made.close()
      await youtube.close()
    },
  }
}
