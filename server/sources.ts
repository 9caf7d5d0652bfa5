import type { About } from '../workers/about.ts'
import type { Broadcast, SourceOrder, SourceReport } from '../workers/followed.ts'
import type { HookJob } from '../workers/job.ts'
import type { ConnectorView } from './api/instance.ts'
import type { SourceChange } from './api/sources.ts'
import type { Archivist } from './archivist.ts'
import type { HookKeys } from './auth/hook-keys.ts'
import type { Vault } from './auth/vault.ts'
import { newsOf } from './broadcast-news.ts'
import type { Entry } from './entries.ts'
import { reached } from './entries.ts'
import { CrossChatError } from './errors.ts'
import type { LastBeat } from './heartbeat.ts'
import type { SourcesDoor } from './house.ts'
import type { Ingest, SourceWord } from './ingest.ts'
import { isHeard, type Kept, KeptSources, LOST, leftAt, nameOf } from './kept-sources.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { SourceView } from './protocol.ts'
import { Names } from './source-names.ts'
import { changed, sameOrder, sameTexts, secretsOf, viewOf } from './source-record.ts'
import type { Sources as SourceStore, StoredSource } from './stores/sources.ts'
import { Turns } from './turns.ts'

/** A source over whose payloads the worker died so often, within so long, is left alone for a while, so that other chats go on. */
export const DEATHS_TO_PAUSE = 2
export const DEATHS_WITHIN_MS = 10 * 60_000
export const PAUSE_MS = 5 * 60_000
const PAUSED =
  'Something that came from there could not be read and stopped the reader twice. It goes on in some minutes.'

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
  /** Changes of one source come one after the other. */
  readonly #turns = new Turns()
  /** News of broadcasts that are being kept, by channel. */
  readonly #settling = new Map<string, Promise<void>>()
  #stopped = false
  /** Told when a view is another than before. */
  onChange: (channelId: string) => void = () => {}
  /** Told when a broadcast begins or ends on a platform that is followed; the same news once. */
  onBroadcast: (channelId: string, platform: string, news: Broadcast) => void = () => {}

  constructor(parts: SourceParts) {
    this.#parts = parts
    this.#names = new Names(parts.ingest)
    this.#kept = new KeptSources(parts.metrics)
    parts.ingest.onBegan = () => this.#began()
    parts.ingest.onEnded = (heardAt) => this.#ended(heardAt)
    parts.ingest.onSource = (word) => this.#hear(word)
    parts.ingest.onSuspect = (number) => this.#suspect(number)
  }

  /** Follows everything that is kept; `last`: what the process before this one left. One that cannot be followed stops no other. */
  async start(last: LastBeat): Promise<void> {
    for (const source of await this.#parts.store.all()) {
      const kept = this.#kept.add(source)
      const since = last.away[nameOf(source)]
      kept.leftAt = since === undefined ? last.at : since
      await this.#follow(kept).catch((error: unknown) =>
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
      await this.#follow(kept)
    }
    this.onChange(channelId)
  }

  /** Another node follows them. */
  letGo(channelId: string): void {
    for (const kept of this.#kept.of(channelId)) {
      this.#unfollow(kept)
      this.#kept.forget(kept.source)
    }
  }

  stop(): void {
    this.#stopped = true
    this.#names.stop()
    for (const { paused } of this.#kept.all()) if (paused !== null) clearTimeout(paused)
  }

  /** Since when those are away that are followed and not heard right now, for the process after this one. */
  away(): LastBeat['away'] {
    const away = [...this.#kept.all()].filter(({ source, report }) => source.enabled && !isHeard(report))
    return Object.fromEntries(away.map(({ source, leftAt }) => [nameOf(source), leftAt]))
  }

  list(channelId: string): SourceView[] {
    return this.#parts.ingest.platforms.map((about) => this.#view(channelId, about))
  }

  /** How many of those that are followed here are in which state, by platform. */
  states(): Omit<ConnectorView, 'label'>[] {
    const views = new Map<string, Omit<ConnectorView, 'label'>>()
    for (const { source, report } of this.#kept.all()) {
      if (!source.enabled) continue
      const { platform } = source
      const view = views.get(platform) ?? { platform, states: {}, lastEventAt: null }
      views.set(platform, view)
      view.states[report.state] = (view.states[report.state] ?? 0) + 1
      if (report.lastEventAt !== null) view.lastEventAt = Math.max(view.lastEventAt ?? 0, report.lastEventAt)
    }
    return [...views.values()]
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
    return this.#settling.get(channelId)
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
      this.#unfollow(kept)
      this.#kept.forget(kept.source)
      this.onChange(channelId)
    })
  }

  retry(channelId: string, platform: string): void {
    const kept = this.#kept.find(channelId, platform)
    if (kept === undefined) throw new CrossChatError('not_found')
    if (kept.paused !== null) this.#goOn(kept)
    const channel = this.#parts.ingest.channel(channelId)?.number
    if (channel !== undefined) this.#parts.ingest.post({ type: 'retry', channel, platform })
  }

  followed(channelId: string, platform: string): HookJob['source'] {
    const source = this.#kept.find(channelId, platform)?.source
    if (source === undefined || !source.enabled) return null
    return { name: source.name, options: this.#options(source), facts: source.facts }
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
    if (before !== undefined) this.#unfollow(before)
    const kept = this.#kept.add(source)
    if (before?.source.enabled && before.source.name === source.name) kept.leftAt = leftAt(before, Date.now())
    await this.#follow(kept)
  }

  async #follow(kept: Kept): Promise<void> {
    if (!kept.source.enabled) return
    await this.#parts.open(kept.source.channelId)
    this.#post(kept)
  }

  /** Nothing when it was let go while its channel was opened. */
  #post(kept: Kept): void {
    const channel = this.#parts.ingest.channel(kept.source.channelId)?.number
    if (channel === undefined || this.#kept.numbered(kept.number) !== kept) return
    this.#parts.ingest.post({ type: 'follow', source: this.#order(kept, channel) })
  }

  #order({ source, number, leftAt: left }: Kept, channel: number): SourceOrder {
    const { platform, name, facts } = source
    return { channel, platform, number, name, options: this.#options(source), facts, leftAt: left }
  }

  #options(source: StoredSource): Record<string, string> {
    return { ...source.options, ...secretsOf(source, this.#parts.vault) }
  }

  #unfollow(kept: Kept): void {
    this.#kept.drop(kept)
    const { channelId, platform } = kept.source
    const channel = this.#parts.ingest.channel(channelId)?.number
    if (channel !== undefined) this.#parts.ingest.post({ type: 'unfollow', channel, platform })
  }

  #ended(heardAt: number): void {
    for (const kept of this.#kept.all()) {
      kept.leftAt = leftAt(kept, heardAt)
      kept.taken += kept.report.events
      const state = kept.paused === null ? ('connecting' as const) : kept.report.state
      this.#enter(kept, { ...kept.report, events: 0, state, ...(kept.paused === null && LOST) })
    }
  }

  /** A new worker follows what the one before followed; what came in between may be missing. */
  #began(): void {
    this.#names.began()
    for (const kept of this.#kept.all()) if (kept.source.enabled && kept.paused === null) this.#post(kept)
  }

  #hear(word: SourceWord): void {
    if (word.type === 'named' || word.type === 'unnamed') this.#names.hear(word)
    else if (word.type === 'broadcast') this.#broadcast(word)
    else {
      const kept = this.#kept.numbered(word.source)
      // Told before it heard that this is followed no longer.
      if (kept === undefined) return
      if (word.type === 'source') this.#reported(kept, word.report)
      else if (word.type === 'facts') void this.#learnt(kept, { facts: word.facts })
      else void this.#missed(kept, word)
    }
  }

  #reported(kept: Kept, report: SourceReport): void {
    if (kept.paused !== null) return
    const { channelId, platform } = kept.source
    const { state, error } = report
    if (kept.report.state !== state) {
      this.#parts.metrics.sourceStateTotal.inc({ platform, state })
      this.#parts.log.info({ channel: channelId, platform, state, error }, 'a source changed')
    }
    kept.leftAt = isHeard(report) || state === 'waiting' ? null : leftAt(kept, Date.now())
    this.#enter(kept, { ...report, lastEventAt: report.lastEventAt ?? kept.report.lastEventAt })
  }

  #enter(kept: Kept, report: SourceReport): void {
    this.#kept.enter(kept, report)
    this.onChange(kept.source.channelId)
  }

  async #learnt(kept: Kept, learnt: Partial<Pick<StoredSource, 'facts' | 'broadcast'>>): Promise<void> {
    kept.source = { ...kept.source, ...learnt }
    const { channelId, platform } = kept.source
    this.onChange(channelId)
    await this.#parts.store
      .learn(kept.source, learnt)
      .catch((error: unknown) => this.#parts.log.warn({ err: error, platform }, 'what was learnt could not be kept'))
  }

  /** From any way: a connection, a signed delivery, or a payload that somebody pushed in. */
  #broadcast({ channel, platform, broadcast }: Extract<SourceWord, { type: 'broadcast' }>): void {
    const channelId = this.#parts.ingest.numbered(channel)?.id
    const kept = channelId === undefined ? undefined : this.#kept.find(channelId, platform)
    const news = kept === undefined ? null : newsOf(kept.source.broadcast, broadcast, Date.now())
    if (kept === undefined || channelId === undefined || news === null) return
    const settling = this.#learnt(kept, { broadcast: news }).then(() => {
      if (this.#settling.get(channelId) === settling) this.#settling.delete(channelId)
    })
    this.#settling.set(channelId, settling)
    this.#parts.log.info({ channel: channelId, platform, live: news.live, at: news.at }, 'a broadcast changed')
    this.onBroadcast(channelId, platform, news)
  }

  /** The gap stands behind the last event before it. */
  async #missed({ source }: Kept, { from, to, after }: Extract<SourceWord, { type: 'gap' }>): Promise<void> {
    const { channelId, platform } = source
    const entry = this.#parts.ingest.channel(channelId)
    if (entry === undefined) return
    this.#parts.metrics.sourceGapTotal.inc({ platform })
    await reached(entry, after)
    const label = this.#parts.ingest.platforms.find(({ id }) => id === platform)?.label ?? platform
    const seconds = Math.max(1, Math.round((to - from) / 1_000))
    const reason = `${label} was not connected for ${seconds} s; what was written there meanwhile is missing`
    this.#parts.archivist.note(channelId, { kind: 'gap', count: 0, at: from, until: to, platform, reason }, after)
  }

  #suspect(number: number): void {
    const kept = this.#kept.numbered(number)
    if (kept === undefined) return
    const died = performance.now()
    kept.deaths = [...kept.deaths.filter((at) => died - at < DEATHS_WITHIN_MS), died]
    if (kept.deaths.length < DEATHS_TO_PAUSE) return
    const { channelId, platform } = kept.source
    this.#parts.log.error(
      { channel: channelId, platform },
      'a source ended the worker twice and is left alone for a while',
    )
    kept.paused = setTimeout(() => this.#goOn(kept), PAUSE_MS)
    kept.paused.unref()
    const now = Date.now()
    this.#enter(kept, { ...kept.report, state: 'attention', since: now, error: PAUSED, retryAt: now + PAUSE_MS })
  }

  #goOn(kept: Kept): void {
    if (kept.paused !== null) clearTimeout(kept.paused)
    kept.paused = null
    kept.deaths = []
    this.#enter(kept, { ...kept.report, state: 'connecting', ...LOST })
    this.#post(kept)
  }
}
