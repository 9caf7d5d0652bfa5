import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { DeedView, MomentView, RunView } from '../../server/api.ts'
import type { FeedState, Row } from './feed.ts'
import { type Calling, moderating, type RowHands } from './moderating.ts'
import { Resource } from './resource.ts'

/** What is open over the feed about one of its rows. */
export interface Opened {
  what: 'menu' | 'person' | 'word'
  row: Row
  /** Where the menu opens, px from the window's upper left. */
  at: { x: number; y: number }
}

export type LiveTab = 'chat' | 'start' | 'stream' | 'obs' | 'simulator'

/** What somebody who moderates works with beside the feed itself. */
export interface Desk {
  hands: RowHands
  opened: Signal<Opened | null>
  /** What a narrow screen shows of Live. */
  tab: Signal<LiveTab>
  /** The simulator's run: it goes on while somebody looks at another page. */
  run: Signal<RunView | null>
  /** The newest of the moderation log. */
  deeds: Resource<DeedView[]>
  /** Of the running stream; empty without one. */
  moments: Resource<MomentView[]>
  /** The server says that one of both has changed. */
  noted(): void
  /** Somebody takes or leaves their seat in a channel. */
  reset(): void
}

export function openDesk(parts: Calling, feed: ReadonlySignal<FeedState>): Desk {
  const { api } = parts
  const streamId = () => feed.peek().stream.id
  const deeds = new Resource<DeedView[]>(async () => (await api.deeds(null)).items)
  const moments = new Resource<MomentView[]>(async () => {
    const id = streamId()
    return id === undefined ? [] : (await api.moments(id)).items
  })
  const opened = signal<Opened | null>(null)
  const run = signal<RunView | null>(null)
  const noted = () => {
    void deeds.load()
    void moments.load()
  }
  followStream(feed, moments)
  return {
    hands: moderating(parts),
    opened,
    tab: signal<LiveTab>('chat'),
    run,
    deeds,
    moments,
    noted,
    reset: () => {
      opened.value = null
      run.value = null
      deeds.reset()
      moments.reset()
    },
  }
}

/** Each stream has moments of its own. */
function followStream(feed: ReadonlySignal<FeedState>, moments: Resource<MomentView[]>): void {
  let last: string | undefined
  effect(() => {
    const { id } = feed.value.stream
    if (id === last) return
    last = id
    untracked(() => void moments.load())
  })
}
