import type { About } from '../workers/about.ts'
import type { Broadcast } from '../workers/followed.ts'
import type { HookJob } from '../workers/job.ts'
import type { ConnectorView } from './api/instance.ts'
import type { SourceChange } from './api/sources.ts'
import type { Archivist } from './archivist.ts'
import type { HookKeys } from './auth/hook-keys.ts'
import type { Vault } from './auth/vault.ts'
import type { Entry } from './entries.ts'
import { CrossChatError } from './errors.ts'
import type { LastBeat } from './heartbeat.ts'
import type { SourcesDoor } from './house.ts'
import type { Ingest, SourceWord } from './ingest.ts'
import { isHeard, KeptSources, leftAt, nameOf } from './kept-sources.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { SourceView } from './protocol.ts'
import { noteMissed } from './source-gaps.ts'
import { type LearningParts, SourceLearning } from './source-learning.ts'
import { Names } from './source-names.ts'
import { SourceOrders } from './source-orders.ts'
import { changed, sameOrder, sameTexts, viewOf } from './source-record.ts'
import { SourceReports } from './source-reports.ts'
import type { Sources as SourceStore, StoredSource } from './stores/sources.ts'
import { Turns } from './turns.ts'

export interface SourceParts {
  store: SourceStore
  ingest: Ingest
  open(channelId: string): Promise<Entry>
  archivist: Pick<Archivist, 'note'>
  vault: Vault
  hookKeys: HookKeys
  log: Log
  metrics: Metrics
}

/** What every channel follows: kept in the store, followed by the worker, and shown as it is. */
export class Sources implements SourcesDoor {
  readonly #parts: SourceParts
  readonly #names: Names
  readonly #kept: KeptSources
  readonly #orders: SourceOrders
  readonly #reports: SourceReports
  readonly #learning: SourceLearning
  /** Changes of one source come one after the other. */
  readonly #turns = new Turns()
  #stopped = false
  /** Told when a view is another than before. */
  onChange: (channelId: string) => void = () => {}
  /** Told when a broadcast begins or ends on a platform that is followed; the same news once. */
  onBroadcast: (channelId: string, platform: string, news: Broadcast) => void = () => {}

  constructor(parts: SourceParts) {
    this.#parts = parts
    const { store, ingest, open, vault, log, metrics } = parts
    const changed = (channelId: string) => this.onChange(channelId)
    const news: LearningParts['news'] = (channelId, platform, told) => this.onBroadcast(channelId, platform, told)
    const kept = new KeptSources(metrics)
    const orders = new SourceOrders({ kept, ingest, open, vault })
    this.#names = new Names(ingest)
    this.#kept = kept
    this.#orders = orders
    this.#reports = new SourceReports({ kept, orders, changed, log, metrics })
    this.#learning = new SourceLearning({ kept, store, ingest, changed, news, log })
    this.#listen()
  }

  /** Follows everything that is kept; `last`: what the process before this one left. One that cannot be followed stops no other. */
  async start(last: LastBeat): Promise<void> {
    for (const source of await this.#parts.store.all()) {
      const kept = this.#kept.add(source)
      const since = last.away[nameOf(source)]
      kept.leftAt = since === undefined ? last.at : since
      await this.#orders
        .follow(kept)
        .catch((error: unknown) =>
          this.#parts.log.error({ err: error, channel: source.channelId, platform: source.platform }, 'not followed'),
        )
    }
  }

  /** Follows what this channel follows. `before`: since when nobody does, ms; null = nobody ever did. */
  async takeUp(channelId: string, before: number | null): Promise<void> {
    for (const source of await this.#parts.store.byChannel(channelId)) {
      if (this.#kept.find(channelId, source.platform) !== undefined) continue
      const kept = this.#kept.add(source)
      kept.leftAt = before
      await this.#orders.follow(kept)
    }
    this.onChange(channelId)
  }

  /** Another node follows them. */
  letGo(channelId: string): void {
    for (const kept of this.#kept.of(channelId)) {
      this.#orders.unfollow(kept)
      this.#kept.forget(kept.source)
    }
  }

  stop(): void {
    this.#stopped = true
    this.#names.stop()
    this.#reports.stop()
  }

  /** Since when those are away that are followed and not heard right now, for the process after this one. */
  away(): LastBeat['away'] {
    return this.#kept.away()
  }

  list(channelId: string): SourceView[] {
    return this.#parts.ingest.platforms.map((about) => this.#view(channelId, about))
  }

  /** How many of those that are followed here are in which state, by platform. */
  states(): Omit<ConnectorView, 'label'>[] {
    return this.#kept.states()
  }

  /** True when the channel must stay open on the line. */
  follows(channelId: string): boolean {
    return this.#kept.of(channelId).some(({ source }) => source.enabled)
  }

  /** Whether a broadcast runs right now, of each platform whose broadcast begins and ends this channel's stream. */
  broadcasts(channelId: string): { platform: string; live: boolean }[] {
    const asked = this.#kept.of(channelId).filter(({ source }) => source.enabled && source.autoStream)
    return asked.map(({ source }) => ({ platform: source.platform, live: source.broadcast?.live === true }))
  }

  /** Resolves when the news of this channel's broadcasts are kept; undefined = they are. */
  settled(channelId: string): Promise<void> | undefined {
    return this.#learning.settled(channelId)
  }

  set(channelId: string, platform: string, change: SourceChange): Promise<SourceView> {
    return this.#inTurn(channelId, platform, async () => {
      const about = this.#about(platform)
      const before = this.#kept.find(channelId, platform)?.source ?? null
      const drawn = changed({ channelId, platform, before, form: about.source, change, vault: this.#parts.vault })
      const source = { ...drawn, name: await this.#named(drawn, before, change.channel) }
      await this.#parts.store.put(this.#withLearnt(source))
      await this.#replace(source)
      this.onChange(channelId)
      return this.#view(channelId, about)
    })
  }

  remove(channelId: string, platform: string): Promise<void> {
    return this.#inTurn(channelId, platform, async () => {
      const kept = this.#kept.find(channelId, platform)
      if (kept === undefined) throw new CrossChatError('not_found')
      await this.#parts.store.remove(channelId, platform)
      this.#orders.unfollow(kept)
      this.#kept.forget(kept.source)
      this.onChange(channelId)
    })
  }

  retry(channelId: string, platform: string): void {
    const kept = this.#kept.find(channelId, platform)
    if (kept === undefined) throw new CrossChatError('not_found')
    if (kept.paused !== null) this.#reports.goOn(kept)
    this.#orders.retry(kept)
  }

  followed(channelId: string, platform: string): HookJob['source'] {
    const kept = this.#kept.find(channelId, platform)
    if (kept === undefined || !kept.source.enabled) return null
    const { source, report } = kept
    const { name, facts } = source
    return { name, options: this.#orders.options(source), facts, ...(isHeard(report) && { heard: true }) }
  }

  #inTurn<T>(channelId: string, platform: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(nameOf({ channelId, platform }), work)
  }

  #about(platform: string): About {
    const about = this.#parts.ingest.platforms.find(({ id }) => id === platform)
    if (about === undefined) throw new CrossChatError('unknown_platform')
    return about
  }

  #view(channelId: string, about: About): SourceView {
    const kept = this.#kept.find(channelId, about.id)
    const hook = about.source.hook === undefined ? null : this.#parts.hookKeys.keyOf(channelId, about.id)
    const report = kept === undefined ? null : { ...kept.report, events: kept.taken + kept.report.events }
    return viewOf(about, kept?.source ?? null, report, hook, this.#parts.vault)
  }

  /** The name in the platform's own form; asked for when it, or what it may depend on, is another. */
  async #named(drawn: StoredSource, before: StoredSource | null, typed: string | undefined): Promise<string> {
    if (before !== null && typed === undefined && sameTexts(drawn.options, before.options)) return before.name
    const name = typed ?? before?.name ?? ''
    if (name === '') throw new CrossChatError('bad_request', { fields: { channel: 'is missing' } })
    if (this.#stopped) throw new CrossChatError('stopping')
    return this.#names.ask(drawn.platform, name, drawn.options)
  }

  /** With what is known by now: it may have been learnt while the name was asked for. Of another channel nothing is known. */
  #withLearnt(source: StoredSource): StoredSource {
    const known = this.#kept.find(source.channelId, source.platform)?.source
    if (known?.name !== source.name) return { ...source, facts: {}, broadcast: null }
    return { ...source, facts: known.facts, broadcast: known.broadcast }
  }

  /** What changes nothing of how it is followed leaves the connection alone. */
  async #replace(drawn: StoredSource): Promise<void> {
    const source = this.#withLearnt(drawn)
    const before = this.#kept.find(source.channelId, source.platform)
    if (before !== undefined && sameOrder(before.source, source)) {
      before.source = source
      return
    }
    if (before !== undefined) this.#orders.unfollow(before)
    const kept = this.#kept.add(source)
    if (before?.source.enabled && before.source.name === source.name) kept.leftAt = leftAt(before, Date.now())
    await this.#orders.follow(kept)
  }

  #listen(): void {
    const { ingest } = this.#parts
    ingest.onBegan = () => {
      this.#names.began()
      this.#orders.postAll()
    }
    ingest.onEnded = (heardAt) => this.#reports.ended(heardAt)
    ingest.onSource = (word) => this.#hear(word)
    ingest.onSuspect = (number) => this.#reports.suspect(number)
  }

  #hear(word: SourceWord): void {
    if (word.type === 'named' || word.type === 'unnamed') this.#names.hear(word)
    else if (word.type === 'broadcast') this.#learning.broadcast(word)
    else {
      const kept = this.#kept.numbered(word.source)
      // Told before it heard that this is followed no longer.
      if (kept === undefined) return
      if (word.type === 'source') this.#reports.reported(kept, word.report)
      else if (word.type === 'facts') void this.#learning.facts(kept, word.facts)
      else void noteMissed(kept.source, word, this.#parts)
    }
  }
}
