import type { Broadcast } from '../workers/followed.ts'
import { newsOf } from './broadcast-news.ts'
import type { Ingest, SourceWord } from './ingest.ts'
import type { Kept, KeptSources } from './kept-sources.ts'
import type { Log } from './log.ts'
import type { Sources as SourceStore, StoredSource } from './stores/sources.ts'

export interface LearningParts {
  kept: KeptSources
  store: Pick<SourceStore, 'learn'>
  ingest: Pick<Ingest, 'numbered'>
  /** The view of one is another than before. */
  changed(channelId: string): void
  /** A broadcast begins or ends on a platform that is followed; the same news once. */
  news(channelId: string, platform: string, news: Broadcast): void
  log: Log
}

/** What the worker learns of what is followed, kept with it: facts, and whether a broadcast runs. */
export class SourceLearning {
  readonly #parts: LearningParts
  /** News of broadcasts that are being kept, by channel. */
  readonly #settling = new Map<string, Promise<void>>()

  constructor(parts: LearningParts) {
    this.#parts = parts
  }

  /** Resolves when the news of this channel's broadcasts are kept; undefined = they are. */
  settled(channelId: string): Promise<void> | undefined {
    return this.#settling.get(channelId)
  }

  facts(kept: Kept, facts: StoredSource['facts']): Promise<void> {
    return this.#learnt(kept, { facts })
  }

  /** From any way: a connection, a signed delivery, or a payload that somebody pushed in. */
  broadcast({ channel, platform, broadcast }: Extract<SourceWord, { type: 'broadcast' }>): void {
    const channelId = this.#parts.ingest.numbered(channel)?.id
    const kept = channelId === undefined ? undefined : this.#parts.kept.find(channelId, platform)
    const news = kept === undefined ? null : newsOf(kept.source.broadcast, broadcast, Date.now())
    if (kept === undefined || channelId === undefined || news === null) return
    this.#settle(channelId, this.#learnt(kept, { broadcast: news }))
    this.#parts.log.info({ channel: channelId, platform, live: news.live, at: news.at }, 'a broadcast changed')
    this.#parts.news(channelId, platform, news)
  }

  #settle(channelId: string, learnt: Promise<void>): void {
    const settling = learnt.then(() => {
      if (this.#settling.get(channelId) === settling) this.#settling.delete(channelId)
    })
    this.#settling.set(channelId, settling)
  }

  async #learnt(kept: Kept, learnt: Partial<Pick<StoredSource, 'facts' | 'broadcast'>>): Promise<void> {
    kept.source = { ...kept.source, ...learnt }
    const { channelId, platform } = kept.source
    this.#parts.changed(channelId)
    await this.#parts.store
      .learn(kept.source, learnt)
      .catch((error: unknown) => this.#parts.log.warn({ err: error, platform }, 'what was learnt could not be kept'))
  }
}
