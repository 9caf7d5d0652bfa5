import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { FeedState } from './feed.ts'

/** What a new channel does first, in the order that shows it working before any platform is connected. */
export const STEPS = ['overlay', 'test', 'first', 'others', 'stream'] as const
export type Step = (typeof STEPS)[number]

/** What this browser remembers of a channel's checklist. */
export interface Kept {
  hidden: boolean
  /** Steps that were seen done once: a page that is closed again does not undo them. */
  done: readonly Step[]
}
const NOTHING: Kept = { hidden: false, done: [] }
const NAME = 'crosschat.checklist.'

/** What of the steps is done right now. `followed`: which platforms, in their order, have a channel. */
export function doneNow(feed: FeedState, followed: readonly boolean[]): Step[] {
  const done: Record<Step, boolean> = {
    overlay: (feed.status?.overlays.length ?? 0) > 0,
    test: feed.rows.some(({ event }) => event.kind === 'message' && event.simulated === true),
    first: followed[0] === true,
    others: followed.slice(1).some(Boolean),
    stream: feed.stream.live,
  }
  return STEPS.filter((step) => done[step])
}

/** Of the channel that is worked in; kept in the browser, so that each owner takes it up where they left it. */
export class Checklist {
  readonly kept: Signal<Kept> = signal(NOTHING)
  readonly #view: Pick<Window, 'localStorage'>
  #channel: string | null = null

  constructor(view: Pick<Window, 'localStorage'>, channel: ReadonlySignal<string | null>) {
    this.#view = view
    effect(() => {
      this.#channel = channel.value
      this.kept.value = this.#read()
    })
  }

  hide(): void {
    this.#keep({ ...this.kept.peek(), hidden: true })
  }

  show(): void {
    this.#keep({ ...this.kept.peek(), hidden: false })
  }

  /** What is done now stays done. */
  remember(now: readonly Step[]): void {
    const { done } = this.kept.peek()
    if (now.some((step) => !done.includes(step))) {
      this.#keep({ ...this.kept.peek(), done: STEPS.filter((step) => done.includes(step) || now.includes(step)) })
    }
  }

  #keep(kept: Kept): void {
    this.kept.value = kept
    try {
      this.#view.localStorage.setItem(NAME + this.#channel, JSON.stringify(kept))
    } catch {
      // Without storage it is remembered as long as the page lives.
    }
  }

  #read(): Kept {
    try {
      const text = this.#view.localStorage.getItem(NAME + this.#channel)
      return text === null ? NOTHING : keptOf(JSON.parse(text))
    } catch {
      return NOTHING
    }
  }
}

/** Storage may hold what another version, or somebody by hand, has put there. */
function keptOf(value: unknown): Kept {
  if (typeof value !== 'object' || value === null) return NOTHING
  const done = 'done' in value && Array.isArray(value.done) ? value.done : []
  return { hidden: 'hidden' in value && value.hidden === true, done: STEPS.filter((step) => done.includes(step)) }
}
