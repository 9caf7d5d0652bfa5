import type { SourceOrder } from '../workers/followed.ts'
import type { Vault } from './auth/vault.ts'
import type { Entry } from './entries.ts'
import type { Ingest } from './ingest.ts'
import type { Kept, KeptSources } from './kept-sources.ts'
import { secretsOf } from './source-record.ts'
import type { StoredSource } from './stores/sources.ts'

export interface OrderParts {
  kept: KeptSources
  ingest: Pick<Ingest, 'post' | 'channel'>
  open(channelId: string): Promise<Entry>
  vault: Vault
}

/** What the worker is told to follow, and what no longer. */
export class SourceOrders {
  readonly #parts: OrderParts

  constructor(parts: OrderParts) {
    this.#parts = parts
  }

  async follow(kept: Kept): Promise<void> {
    if (!kept.source.enabled) return
    await this.#parts.open(kept.source.channelId)
    this.post(kept)
  }

  /** Nothing when it was let go while its channel was opened. */
  post(kept: Kept): void {
    const channel = this.#channel(kept.source)
    if (channel === undefined || this.#parts.kept.numbered(kept.number) !== kept) return
    this.#parts.ingest.post({ type: 'follow', source: this.#order(kept, channel) })
  }

  /** A new worker follows what the one before followed; what came in between may be missing. */
  postAll(): void {
    for (const kept of this.#parts.kept.all()) if (kept.source.enabled && kept.paused === null) this.post(kept)
  }

  retry({ source }: Kept): void {
    const channel = this.#channel(source)
    if (channel !== undefined) this.#parts.ingest.post({ type: 'retry', channel, platform: source.platform })
  }

  unfollow(kept: Kept): void {
    this.#parts.kept.drop(kept)
    const channel = this.#channel(kept.source)
    if (channel !== undefined) this.#parts.ingest.post({ type: 'unfollow', channel, platform: kept.source.platform })
  }

  options(source: StoredSource): Record<string, string> {
    return { ...source.options, ...secretsOf(source, this.#parts.vault) }
  }

  #channel({ channelId }: StoredSource): number | undefined {
    return this.#parts.ingest.channel(channelId)?.number
  }

  #order({ source, number, leftAt: left }: Kept, channel: number): SourceOrder {
    const { platform, name, facts } = source
    return { channel, platform, number, name, options: this.options(source), facts, leftAt: left }
  }
}
