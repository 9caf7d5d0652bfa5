import { OutsideError, parsed } from '../../fetching.ts'
import { type Foreign, isObject, list, shaped } from '../../foreign.ts'
import type { Ears, Ground } from '../platform.ts'
import type { Chat } from './broadcast.ts'
import type { Door } from './innertube-door.ts'
import { type ContinuationView, continuationOf } from './page.ts'
import type { Rest } from './rest.ts'
import type { Turns } from './turns.ts'

/** A chat without a key: the same questions that the web page asks, each with what the last answer said. */

export const UNOFFICIAL_WAY = 'Unofficial'
/** However short or long YouTube wants to wait, ms. Where it pushes to browsers, it lets them wait for ten seconds. */
const SOONEST_MS = 1_000
const LATEST_MS = 5_000
/** So long after an answer its continuation still brings all that came since, ms; unproven for longer. */
const CONTINUES_MS = 120_000
/** What a continuation that has grown old is answered with. */
const WORN = new Set([400, 404, 410])

type Answer = Foreign<'continuationContents'>
type Contents = Foreign<'liveChatContinuation'>
type Continuation = Foreign<'continuations'>

export interface LoopParts {
  /** Where to begin. */
  continuation: string
  /** The chat as the page showed it, where it shows the same that the continuation goes on with. */
  initial: string | null
  ground: Ground
  ears: Ears
  door: Door
  rest: Rest
  turns: Turns
  /** It works: the next failure begins with the shortest pause. */
  worked(): void
}

export class InnertubeChat implements Chat {
  readonly #parts: LoopParts
  #continuation: string
  #initial: string | null
  readonly restsFor = 0
  #confirmed = false
  #answeredAt = Number.NEGATIVE_INFINITY

  constructor(parts: LoopParts) {
    this.#parts = parts
    this.#continuation = parts.continuation
    this.#initial = parts.initial
  }

  async read(): Promise<'over' | 'lost'> {
    const { turns, rest, ground } = this.#parts
    this.#confirmed = false
    await turns.turn()
    await this.#showInitial()
    for (;;) {
      rest.check()
      const next = await this.#step()
      if (typeof next === 'string') return next
      const polite = Math.min(LATEST_MS, Math.max(SOONEST_MS, next.timeoutMs ?? SOONEST_MS))
      await rest.pause(ground.ms(polite))
    }
  }

  close(): void {}

  async #showInitial(): Promise<void> {
    const initial = this.#initial
    this.#initial = null
    if (initial !== null) await this.#take(initial, false)
  }

  /** One question: how the chat goes on, or that it does not. */
  async #step(): Promise<ContinuationView | 'over' | 'lost'> {
    const { status, text } = await this.#parts.door.ask(this.#continuation)
    if (WORN.has(status)) return 'lost'
    if (status !== 200) throw new OutsideError(`YouTube answered ${status}.`, status)
    const { continuationContents } = shaped<Answer>(parsed(text, 'YouTube'))
    const { liveChatContinuation } = shaped<Contents>(continuationContents)
    if (!isObject(liveChatContinuation)) return 'over'
    await this.#take(text, this.#parts.ground.steady() - this.#answeredAt < CONTINUES_MS)
    this.#answeredAt = this.#parts.ground.steady()
    const next = continuationOf(list(shaped<Continuation>(liveChatContinuation).continuations)[0])
    if (next === undefined) return 'over'
    this.#continuation = next.token
    return next
  }

  async #take(text: string, continued: boolean): Promise<void> {
    const { ears, worked } = this.#parts
    const { duplicates, full } = ears.take(text)
    if (!this.#confirmed) ears.live({ filled: continued || duplicates > 0, way: UNOFFICIAL_WAY })
    this.#confirmed = true
    worked()
    if (full !== null) await full
  }
}
