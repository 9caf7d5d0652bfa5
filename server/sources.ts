import type { About, Broadcast, HookJob, SourceOrder, SourceReport } from '../workers/control.ts'
import type { SourceChange } from './api.ts'
import type { Archivist } from './archivist.ts'
import type { HookKeys } from './auth/hook-keys.ts'
import type { Vault } from './auth/vault.ts'
import type { Entry } from './entries.ts'
import { reached } from './entries.ts'
import { CrossChatError } from './errors.ts'
import type { SourcesDoor } from './house.ts'
import type { Ingest, SourceWord } from './ingest.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { SourceView } from './protocol.ts'
import { Names } from './source-names.ts'
import { changed, secretsOf, viewOf } from './source-record.ts'
import type { Sources as SourceStore, StoredSource } from './stores/stores.ts'

/** A source over whose payloads the worker died so often is left alone for a while, so that other chats go on. */
export const DEATHS_TO_PAUSE = 2
export const PAUSE_MS = 5 * 60_000
const HEARING = new Set<SourceReport['state']>(['live', 'stale'])

interface Kept {
  source: StoredSource
  /** The worker's number for it; a new one each time that it is followed anew. */
  number: number
  report: SourceReport | null
  /** When it was last connected, for the next worker. */
  leftAt: number | null
  deaths: number
  paused: NodeJS.Timeout | null
}

export interface SourceParts {
  store: SourceStore
  ingest: Ingest
  open(channelId: string): Promise<Entry>
  archivist: Archivist
  vault: Vault
  hookKeys: HookKeys
  log: Log
  metrics: Metrics
}

/** What every channel follows: kept in the store, followed by the worker, and shown as it is. */
export class Sources implements SourcesDoor {
  readonly #parts: SourceParts
  readonly #names: Names
  readonly #kept = new Map<string, Map<string, Kept>>()
  readonly #byNumber = new Map<number, Kept>()
  #nextNumber = 1
  /** Told when a view is another than before. */
  onChange: (channelId: string) => void = () => {}
  /** Told when a broadcast begins or ends on a platform. */
  onBroadcast: (channelId: string, platform: string, news: Broadcast) => void = () => {}

  constructor(parts: SourceParts) {
    this.#parts = parts
    this.#names = new Names(parts.ingest)
    parts.ingest.onBegan = () => this.#began()
    parts.ingest.onSource = (word) => this.#hear(word)
    parts.ingest.onSuspect = (number) => this.#suspect(number)
  }

  /** Follows everything that is kept. `leftAt`: when the process before this one was last alive. */
  async start(leftAt: number | null): Promise<void> {
    for (const source of await this.#parts.store.all()) {
      const kept = this.#keep(source)
      kept.leftAt = leftAt
      if (source.enabled) await this.#follow(kept)
    }
  }

  stop(): void {
    for (const kept of this.#byNumber.values()) if (kept.paused !== null) clearTimeout(kept.paused)
  }

  list(channelId: string): SourceView[] {
    return this.#parts.ingest.platforms.map((about) => this.#view(channelId, about))
  }

  /** True when the channel must stay open on the line. */
  follows(channelId: string): boolean {
    return [...(this.#kept.get(channelId)?.values() ?? [])].some(({ source }) => source.enabled)
  }

  /** True when the platform's broadcast begins and ends this channel's stream. */
  startsStream(channelId: string, platform: string): boolean {
    return this.#find(channelId, platform)?.source.autoStream === true
  }

  async set(channelId: string, platform: string, change: SourceChange): Promise<SourceView> {
    const about = this.#about(platform)
    const before = this.#find(channelId, platform)?.source ?? null
    const drawn = changed({ channelId, platform, before, form: about.source, change, vault: this.#parts.vault })
    const typed = change.channel ?? before?.name ?? ''
    if (typed === '') throw new CrossChatError('bad_request', { fields: { channel: 'is missing' } })
    const name = await this.#names.ask(platform, typed, drawn.options)
    // What was learnt is of the channel that was followed.
    const source = { ...drawn, name, facts: name === before?.name ? drawn.facts : {} }
    await this.#parts.store.put(source)
    await this.#replace(source)
    this.onChange(channelId)
    return this.#view(channelId, about)
  }

  async remove(channelId: string, platform: string): Promise<void> {
    const kept = this.#find(channelId, platform)
    if (kept === undefined) throw new CrossChatError('not_found')
    await this.#parts.store.remove(channelId, platform)
    this.#unfollow(kept)
    this.#kept.get(channelId)?.delete(platform)
    this.onChange(channelId)
  }

  retry(channelId: string, platform: string): void {
    const kept = this.#find(channelId, platform)
    if (kept === undefined) throw new CrossChatError('not_found')
    if (kept.paused !== null) this.#goOn(kept)
    const channel = this.#parts.ingest.channel(channelId)?.number
    if (channel !== undefined) this.#parts.ingest.post({ type: 'retry', channel, platform })
  }

  followed(channelId: string, platform: string): HookJob['source'] {
    const source = this.#find(channelId, platform)?.source
    if (source === undefined || !source.enabled) return null
    return { name: source.name, options: this.#options(source), facts: source.facts }
  }

  #about(platform: string): About {
    const about = this.#parts.ingest.platforms.find(({ id }) => id === platform)
    if (about === undefined) throw new CrossChatError('unknown_platform')
    return about
  }

  #find(channelId: string, platform: string): Kept | undefined {
    return this.#kept.get(channelId)?.get(platform)
  }

  #view(channelId: string, about: About): SourceView {
    const kept = this.#find(channelId, about.id)
    const hook = about.source.hook === undefined ? null : this.#parts.hookKeys.keyOf(channelId, about.id)
    return viewOf(about, kept?.source ?? null, kept?.report ?? null, hook, this.#parts.vault)
  }

  #keep(source: StoredSource): Kept {
    const kept: Kept = { source, number: this.#nextNumber++, report: null, leftAt: null, deaths: 0, paused: null }
    const all = this.#kept.get(source.channelId) ?? new Map<string, Kept>()
    this.#kept.set(source.channelId, all.set(source.platform, kept))
    this.#byNumber.set(kept.number, kept)
    return kept
  }

  async #replace(source: StoredSource): Promise<void> {
    const before = this.#find(source.channelId, source.platform)
    if (before !== undefined) this.#unfollow(before)
    const kept = this.#keep(source)
    if (before !== undefined && before.source.name === source.name) kept.leftAt = leftAt(before)
    if (source.enabled) await this.#follow(kept)
  }

  async #follow(kept: Kept): Promise<void> {
    await this.#parts.open(kept.source.channelId)
    this.#post(kept)
  }

  #post(kept: Kept): void {
    const channel = this.#parts.ingest.channel(kept.source.channelId)?.number
    if (channel === undefined || this.#byNumber.get(kept.number) !== kept) return
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
    this.#byNumber.delete(kept.number)
    if (kept.paused !== null) clearTimeout(kept.paused)
    const { channelId, platform } = kept.source
    const channel = this.#parts.ingest.channel(channelId)?.number
    if (channel !== undefined) this.#parts.ingest.post({ type: 'unfollow', channel, platform })
  }

  /** A new worker follows what the one before followed; what came in between may be missing. */
  #began(): void {
    this.#names.began()
    for (const kept of this.#byNumber.values()) {
      kept.leftAt = leftAt(kept)
      if (kept.source.enabled && kept.paused === null) this.#post(kept)
    }
  }

  #hear(word: SourceWord): void {
    if (word.type === 'named' || word.type === 'unnamed') {
      this.#names.hear(word)
      return
    }
    const entry = this.#parts.ingest.numbered(word.channel)
    const kept = entry === undefined ? undefined : this.#find(entry.id, word.platform)
    if (entry === undefined) return
    if (word.type === 'broadcast') this.onBroadcast(entry.id, word.platform, word.broadcast)
    else if (kept === undefined) return
    else if (word.type === 'source') this.#reported(kept, word.report)
    else if (word.type === 'facts') this.#learnt(kept, word.facts)
    else void this.#missed(entry, word)
  }

  #reported(kept: Kept, report: SourceReport): void {
    const { channelId, platform } = kept.source
    if (kept.report?.state !== report.state) {
      this.#parts.metrics.sourceStateTotal.inc({ platform, state: report.state })
      this.#parts.log.info(
        { channel: channelId, platform, state: report.state, error: report.error },
        'a source changed',
      )
    }
    if (HEARING.has(report.state)) {
      kept.leftAt = null
      kept.deaths = 0
    }
    kept.report = report
    this.onChange(channelId)
  }

  #learnt(kept: Kept, facts: Record<string, string>): void {
    kept.source = { ...kept.source, facts }
    const { channelId, platform } = kept.source
    this.#parts.store
      .learn(channelId, platform, facts)
      .catch((error: unknown) => this.#parts.log.warn({ err: error, platform }, 'what was learnt could not be kept'))
    this.onChange(channelId)
  }

  /** The gap stands behind the last event before it. */
  async #missed(entry: Entry, word: Extract<SourceWord, { type: 'gap' }>): Promise<void> {
    const { platform, from, to, after } = word
    await reached(entry, after)
    const label = this.#parts.ingest.platforms.find(({ id }) => id === platform)?.label ?? platform
    const seconds = Math.max(1, Math.round((to - from) / 1_000))
    const reason = `${label} was not connected for ${seconds} s; what was written there meanwhile is missing`
    this.#parts.archivist.note(entry.id, { kind: 'gap', count: 0, at: from, until: to, platform, reason })
  }

  #suspect(number: number): void {
    const kept = this.#byNumber.get(number)
    if (kept === undefined || ++kept.deaths < DEATHS_TO_PAUSE) return
    this.#parts.log.error(
      { platform: kept.source.platform },
      'a source ended the worker twice and is left alone for a while',
    )
    kept.paused = setTimeout(() => this.#goOn(kept), PAUSE_MS)
    kept.paused.unref()
    const now = Date.now()
    const error =
      'Something that came from there could not be read and stopped the reader twice. It goes on in some minutes.'
    kept.report = { ...(kept.report ?? NOTHING_YET), state: 'attention', since: now, error, retryAt: now + PAUSE_MS }
    this.onChange(kept.source.channelId)
  }

  #goOn(kept: Kept): void {
    if (kept.paused !== null) clearTimeout(kept.paused)
    kept.paused = null
    kept.deaths = 0
    this.#post(kept)
  }
}

const NOTHING_YET: SourceReport = {
  state: 'connecting',
  since: 0,
  error: null,
  retryAt: null,
  lastEventAt: null,
  events: 0,
  way: null,
  quota: null,
}

/** When a source was last heard, if it was when it was left. */
function leftAt({ report, leftAt: before }: Kept): number | null {
  if (report === null || !HEARING.has(report.state)) return before
  return Date.now()
}
