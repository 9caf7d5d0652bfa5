import { join } from 'node:path'
import type { SourceOrder } from '../followed.ts'
import type { Author, Draft } from '../message.ts'
import type { FindPictures, Ground, Platform } from '../platforms/platform.ts'
import type { Source } from '../source.ts'
import type { SourceListener } from '../sources.ts'
import { Cache } from './cache.ts'
import { Collection } from './collection.ts'
import { safeId } from './emote.ts'
import type { TellFlaw } from './flaw.ts'
import { Gate, Room } from './gate.ts'
import { type Lookup, match } from './match.ts'
import { Pictures } from './pictures.ts'
import type { Provider } from './provider.ts'
import { providers } from './providers.ts'
import { EmoteSet, type SetOrder } from './set.ts'
import { SevenTvEvents } from './seventv-events.ts'

/** Channels whose own sets are kept; in more than that only the emotes that all channels have are known. */
export const MAX_CHANNELS = 1_000
/** Emotes kept in all sets together: some 100 MB. */
export const MAX_EMOTES = 300_000
/** Requests of one service at a time. */
const REQUESTS_AT_A_TIME = 4

/** What one followed source's messages are dressed with. */
interface Worn {
  key: string | null
  own: Collection | null
  /** Of the platform, for all of its channels. */
  pictures: Pictures | null
  find: Lookup
}

/** The emotes of BTTV, FFZ and 7TV for all followed channels: kept while somebody follows, and put into what is written there. */
export class Emotes implements SourceListener {
  readonly #services: ReadonlyMap<string, string>
  readonly #ground: Ground
  readonly #flaw: TellFlaw
  readonly #cache: Cache
  readonly #room = new Room(MAX_EMOTES)
  readonly #gates = new Map(providers.map(({ name }) => [name, new Gate(REQUESTS_AT_A_TIME)]))
  readonly #live: SevenTvEvents
  /** By channel and platform. */
  readonly #worn = new Map<number, Map<string, Worn>>()
  /** Channels' collections by the name and id that the services know; two channels of ours may follow the same one. */
  readonly #shared = new Map<string, Collection>()
  #global: Collection | null = null
  readonly #finds = new Map<string, FindPictures>()
  /** By platform, those that all of its channels have. */
  readonly #pictures = new Map<string, Pictures>()

  constructor(platforms: readonly Platform[], ground: Ground, cacheDir: string, flaw: TellFlaw) {
    const known = platforms.flatMap(({ about, emoteService }) =>
      emoteService ? [[about.id, emoteService] as const] : [],
    )
    this.#services = new Map(known)
    for (const { about, pictures } of platforms) {
      const find = pictures?.(ground) ?? null
      if (find !== null) this.#finds.set(about.id, find)
    }
    this.#ground = ground
    this.#flaw = flaw
    this.#live = new SevenTvEvents(ground.settings.sevenTvEventsUrl ?? '', ground)
    this.#cache = new Cache(join(cacheDir, 'emotes'))
  }

  follows({ order, facts }: Pick<Source, 'order' | 'facts'>): void {
    const service = this.#services.get(order.platform)
    if (service === undefined) return
    const id = safeId(facts.id)
    const key = id === undefined ? null : `${service}-${id}`
    const before = this.#worn.get(order.channel)?.get(order.platform)
    if (before !== undefined && before.key === key) return
    this.#global ??= new Collection((changed) => this.#globalSets(changed))
    const own = key === null || id === undefined ? null : this.#borrow(key, order.platform, id)
    if (before !== undefined) this.#giveBack(before)
    const worn = this.#worn.get(order.channel) ?? new Map<string, Worn>()
    const pictures = this.#picturesForAll(order.platform)
    const find: Lookup = (word) => own?.emotes.get(word) ?? this.#global?.emotes.get(word)
    this.#worn.set(order.channel, worn.set(order.platform, { key, own, pictures, find }))
  }

  leaves({ channel, platform }: Pick<SourceOrder, 'channel' | 'platform'>): void {
    const ofChannel = this.#worn.get(channel)
    const worn = ofChannel?.get(platform)
    if (worn === undefined) return
    ofChannel?.delete(platform)
    this.#giveBack(worn)
    if (ofChannel?.size === 0) this.#worn.delete(channel)
    if (this.#worn.size > 0) return
    this.#forget()
  }

  /** Puts emotes and pictures of badges into what was written in a followed channel. On the way of every message. */
  dress(channel: number, platform: string, draft: Draft): void {
    const worn = this.#worn.get(channel)?.get(platform)
    if (worn === undefined || (draft.kind !== 'message' && draft.kind !== 'notice')) return
    const known = (worn.own?.emotes.size ?? 0) + (this.#global?.emotes.size ?? 0)
    if (known > 0 && draft.parts !== undefined) draft.parts = match(draft.parts, worn.find)
    if (draft.author === undefined) return
    pin(draft.author, worn.own?.badges)
    pin(draft.author, worn.own?.pictures?.known)
    pin(draft.author, worn.pictures?.known)
  }

  /** Resolves when the disk has what was to be remembered. */
  close(): Promise<void> {
    for (const collection of this.#shared.values()) collection.stop()
    this.#live.close()
    this.#shared.clear()
    this.#worn.clear()
    this.#forget()
    return this.#cache.settled()
  }

  /** What is there for all. */
  #forget(): void {
    this.#global?.stop()
    this.#global = null
    for (const pictures of this.#pictures.values()) pictures.stop()
    this.#pictures.clear()
  }

  #borrow(key: string, platform: string, id: string): Collection | null {
    const known = this.#shared.get(key)
    if (known === undefined && this.#shared.size >= MAX_CHANNELS) return null
    const own = known ?? this.#collect(platform, id)
    own.users++
    this.#shared.set(key, own)
    return own
  }

  #collect(platform: string, id: string): Collection {
    const service = this.#services.get(platform) ?? platform
    return new Collection((changed) => this.#channelSets(service, id, changed), this.#picturesOf(platform, id))
  }

  /** Those that a platform gives for one of its channels, or for all; null where it gives none. */
  #picturesOf(platform: string, channel: string | null): Pictures | null {
    const find = this.#finds.get(platform)
    if (find === undefined) return null
    return new Pictures(
      (signal) => find(channel, signal),
      this.#ground,
      (error) => this.#flaw(platform, error),
    )
  }

  #picturesForAll(platform: string): Pictures | null {
    const known = this.#pictures.get(platform) ?? this.#picturesOf(platform, null)
    if (known !== null) this.#pictures.set(platform, known)
    return known
  }

  #giveBack({ key, own }: Worn): void {
    if (key === null || own === null || --own.users > 0) return
    this.#shared.delete(key)
    own.stop()
  }

  #globalSets(changed: () => void): EmoteSet[] {
    return providers.flatMap((provider) => {
      const { global, readGlobal } = provider
      return this.#set(provider, global, 'global', { read: readGlobal, mayBeUnknown: false }, changed)
    })
  }

  #channelSets(service: string, id: string, changed: () => void): EmoteSet[] {
    return providers.flatMap((provider) => {
      const { channel, readChannel } = provider
      return this.#set(
        provider,
        channel(service, id),
        `${service}-${id}`,
        { read: readChannel, mayBeUnknown: true },
        changed,
      )
    })
  }

  /** None where the service has none, or no address. */
  #set(
    { name, setting, change }: Provider,
    path: string | undefined,
    file: string,
    order: Pick<SetOrder, 'read' | 'mayBeUnknown'>,
    changed: () => void,
  ): EmoteSet[] {
    const base = this.#ground.settings[setting] ?? ''
    const gate = this.#gates.get(name)
    if (path === undefined || base === '' || gate === undefined) return []
    const whole = { ...order, provider: name, address: `${base}${path}`, file: `${name}-${file}.json` }
    const ends = { ground: this.#ground, cache: this.#cache, room: this.#room, gate, flaw: this.#flaw }
    if (change === undefined) return [new EmoteSet(whole, ends, changed)]
    return [new EmoteSet({ ...whole, change }, { ...ends, live: this.#live }, changed)]
  }
}

/** A badge that came with a picture keeps it. */
function pin({ badges }: Author, pictures: ReadonlyMap<string, string> | undefined): void {
  if (pictures === undefined || pictures.size === 0) return
  for (const badge of badges) {
    const image = badge.image === undefined ? pictures.get(badge.id) : undefined
    if (image !== undefined) badge.image = image
  }
}
