import type { Broadcast, Facts, SourceOptions } from '../../workers/followed.ts'

/** What channels follow. */

/** What a channel follows on one platform; one a channel and platform. */
export interface StoredSource {
  channelId: string
  platform: string
  name: string
  enabled: boolean
  autoStream: boolean
  options: SourceOptions
  /** Option → sealed text. */
  secrets: Record<string, string>
  facts: Facts
  /** The newest that the platform told of the broadcast; null = nothing yet. */
  broadcast: Broadcast | null
  createdAt: number
}

export interface Sources {
  /** Inserts or replaces; on disk (fsync) when it resolves. */
  put(source: StoredSource): Promise<void>
  /** What was learnt of the channel of that name; nothing happens when that is followed no longer. */
  learn(
    source: Pick<StoredSource, 'channelId' | 'platform' | 'name'>,
    learnt: Partial<Pick<StoredSource, 'facts' | 'broadcast'>>,
  ): Promise<void>
  all(): Promise<StoredSource[]>
  byChannel(channelId: string): Promise<StoredSource[]>
  /** True if there was one. */
  remove(channelId: string, platform: string): Promise<boolean>
}
