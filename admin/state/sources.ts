import { computed, type ReadonlySignal, type Signal } from '@preact/signals'
import type { SourceChange } from '../../server/api.ts'
import type { SourceView } from '../../server/protocol.ts'
import type { Api } from '../api.ts'
import { type FeedState, withSources } from './feed.ts'
import { Resource } from './resource.ts'

export type SourcesApi = Pick<Api, 'sources' | 'setSource' | 'retrySource' | 'removeSource'>

/** What is followed on each platform. The socket tells of every change; the server is asked only until its first word, and to change. */
export class Sources {
  readonly #api: SourcesApi
  readonly #feed: Signal<FeedState>
  /** The first fill; what the socket says is newer. */
  readonly first: Resource<SourceView[]>
  /** By platform. Null until anything is known. */
  readonly views: ReadonlySignal<ReadonlyMap<string, SourceView> | null>

  constructor(api: SourcesApi, feed: Signal<FeedState>) {
    this.#api = api
    this.#feed = feed
    this.first = new Resource(async () => (await api.sources()).items)
    this.views = computed(() => {
      const { sources } = feed.value
      return sources === null ? null : new Map(sources.map((view) => [view.platform, view]))
    })
  }

  async fill(): Promise<void> {
    await this.first.load()
    const items = this.first.now.peek()
    if (items.state === 'ready' && this.#feed.peek().sources === null) this.#take(items.value)
  }

  async set(platform: string, change: SourceChange): Promise<void> {
    this.#take([await this.#api.setSource(platform, change)])
  }

  async retry(platform: string): Promise<void> {
    this.#take((await this.#api.retrySource(platform)).items)
  }

  async remove(platform: string): Promise<void> {
    await this.#api.removeSource(platform)
    const left = await this.#api.sources().catch(() => null)
    // The socket says it too, a moment later.
    if (left !== null) this.#take(left.items)
  }

  #take(views: readonly SourceView[]): void {
    this.#feed.value = withSources(this.#feed.peek(), views)
  }
}
