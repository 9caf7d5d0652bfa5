import { OutsideError, parsed } from '../../fetching.ts'
import { type Foreign, filled, list, shaped, whole } from '../../foreign.ts'
import type { Ears, Ground } from '../platform.ts'
import { type Api, refused } from './api.ts'
import type { Chat } from './broadcast.ts'
import { Refused } from './hindrance.ts'
import type { Snippet } from './payload.ts'
import type { Quota } from './quota.ts'
import { errorIn, refusal } from './refusal.ts'
import type { Rest } from './rest.ts'
import { Stream } from './stream.ts'
import { within } from './within.ts'

/** A chat over the official API: one long answer while that works, and otherwise page by page. */

export const STREAM_WAY = 'Official stream'
export const LIST_WAY = 'Official polling'
/** A stream that ends sooner than this after its answer began, with nothing delivered, is barren, ms. */
const BARREN_WITHIN_MS = 10_000
/** So many barren streams in a row, and the chat is read page by page. */
export const BARREN_STREAMS = 3
/** After so long of that the stream is tried again, ms. */
const STREAM_AGAIN_MS = 10 * 60_000
/** YouTube may ask for a slower pace, and for no slower one than this, ms: a timer with too long a time goes off at once. */
const LONGEST_POLL_MS = 10 * 60_000
/** Silence after which a stream is asked for anew, ms: nobody says how long it may be, and half a connection is silent, too. */
const QUIET_MS = 5 * 60_000
/** A fresh stream begins with what was written before; one that does not within this has nothing, ms. */
const HISTORY_WITHIN_MS = 10_000

type Page = Foreign<'nextPageToken' | 'pollingIntervalMillis' | 'offlineAt' | 'activePollItem' | 'items'>
type End = 'over' | 'lost'

/** What came of one stream. */
interface Yield {
  elements: number
  /** When its answer began; Infinity = it never did. */
  beganAt: number
}

/** How long to wait after a page, ms: as YouTube asks for, and no shorter than the quota allows. */
export function pauseAfter({ pollingIntervalMillis }: Page, floor: number): number {
  return Math.max(Math.min(whole(pollingIntervalMillis) ?? 0, LONGEST_POLL_MS), floor)
}

export interface OfficialParts {
  chat: string
  ground: Ground
  ears: Ears
  api: Api
  quota: Quota
  rest: Rest
  /** It works: the next failure begins with the shortest pause. */
  worked(): void
}

export class OfficialChat implements Chat {
  readonly #parts: OfficialParts
  /** Where to go on. With it nothing is missed, however long the break was. */
  #pageToken: string | undefined
  #confirmed = false
  #barren = 0
  #pollUntil = Number.NEGATIVE_INFINITY
  #openAgainAt = Number.NEGATIVE_INFINITY

  constructor(parts: OfficialParts) {
    this.#parts = parts
    parts.quota.joined()
  }

  async read(): Promise<End> {
    this.#confirmed = false
    try {
      for (;;) {
        const end = this.#polls ? await this.#page() : await this.#stream()
        if (end !== null) return end
      }
    } catch (error) {
      return this.#ended(error)
    }
  }

  close(): void {
    this.#parts.quota.left()
  }

  /** A stream that ends again and again with a little in it costs what polling costs, and must not cost more. */
  get restsFor(): number {
    return Math.max(0, this.#openAgainAt - this.#parts.ground.steady())
  }

  get #polls(): boolean {
    return this.#parts.ground.steady() < this.#pollUntil
  }

  #ended(error: unknown): End {
    if (!(error instanceof Refused)) throw error
    if (error.reason === 'ended') return 'over'
    if (error.reason === 'missing') return 'lost'
    if (error.reason === 'token') this.#pageToken = undefined
    throw error
  }

  async #page(): Promise<End | null> {
    const { api, chat, ground, quota, rest } = this.#parts
    const text = await api.messages(chat, this.#pageToken)
    const page = await this.#take(text, LIST_WAY)
    if (isOver(page)) return 'over'
    await rest.pause(ground.ms(pauseAfter(page, quota.floor)))
    return null
  }

  async #stream(): Promise<End | null> {
    const { api, chat, ground, quota, rest } = this.#parts
    await api.count(quota.listCost)
    this.#openAgainAt = ground.steady() + ground.ms(quota.floor)
    const times = { within: within(ground), quiet: ground.ms(QUIET_MS) }
    const delivered: Yield = { elements: 0, beganAt: Number.POSITIVE_INFINITY }
    try {
      const stream = await rest.during(async (signal) => {
        const opened = await Stream.open(api.streamUrl(chat, this.#pageToken), signal, times)
        return (await this.#delivers(opened, delivered)) ? opened : null
      })
      return stream === null ? 'over' : await this.#after(stream, delivered.elements)
    } finally {
      const { elements, beganAt } = delivered
      this.#judge(elements > 0 || ground.steady() - beganAt > ground.ms(BARREN_WITHIN_MS))
    }
  }

  /** Takes everything that the stream brings; false when that says that the broadcast is over. */
  async #delivers(stream: Stream, delivered: Yield): Promise<boolean> {
    if (stream.status !== 200) throw refused(await stream.text(), stream.status, 'YouTube’s stream')
    delivered.beganAt = this.#parts.ground.steady()
    const settled = this.#settleSoon()
    try {
      for await (const text of stream.elements()) {
        delivered.elements++
        if (isOver(await this.#take(text, STREAM_WAY))) return false
      }
    } finally {
      settled()
    }
    return true
  }

  /** Goes on, or throws what a person should see of it. */
  async #after(stream: Stream, elements: number): Promise<null> {
    if (stream.end === 'cut') throw new OutsideError('The connection to YouTube was cut.')
    if (stream.end === 'quiet') await this.#quiet()
    else if (elements === 0) throw new OutsideError('YouTube ended the stream at once.')
    else await this.#parts.rest.pause(this.restsFor)
    return null
  }

  /** A stream that is deaf looks like one of a quiet chat: one page tells. */
  async #quiet(): Promise<void> {
    this.#parts.ears.stale()
    this.#confirmed = false
    if ((await this.#missed()) > 0) this.#pollUntil = this.#inAWhile()
  }

  async #missed(): Promise<number> {
    const { api, chat, ears } = this.#parts
    const before = this.#pageToken
    const text = await api.messages(chat, before)
    const { accepted } = ears.take(text)
    this.#pageToken = filled(shaped<Page>(parsed(text, 'YouTube')).nextPageToken) ?? before
    return before === undefined ? 0 : accepted
  }

  #judge(fruitful: boolean): void {
    this.#barren = fruitful ? 0 : this.#barren + 1
    if (this.#barren < BARREN_STREAMS) return
    this.#pollUntil = this.#inAWhile()
    // The next failure sends it back to polling at once.
    this.#barren = BARREN_STREAMS - 1
  }

  #inAWhile(): number {
    const { ground } = this.#parts
    return ground.steady() + ground.ms(STREAM_AGAIN_MS)
  }

  /** Tells that the chat is confirmed: now where nothing can be missing, or soon, if no history comes that shows it. */
  #settleSoon(): () => void {
    if (this.#pageToken !== undefined) this.#confirm(true, STREAM_WAY)
    if (this.#confirmed) return () => {}
    const timer = setTimeout(() => this.#confirm(false, STREAM_WAY), this.#parts.ground.ms(HISTORY_WITHIN_MS))
    return () => clearTimeout(timer)
  }

  #confirm(filled: boolean, way: string): void {
    if (this.#confirmed) return
    this.#confirmed = true
    this.#parts.ears.live({ filled, way })
    this.#parts.worked()
  }

  /** Hands a page over, and waits until the line takes more. Throws what it says instead of messages. */
  async #take(text: string, way: string): Promise<Page> {
    const answer = parsed(text, 'YouTube')
    const error = errorIn(answer)
    const page = shaped<Page>(answer)
    if (error !== undefined) throw refusal(error, whole(shaped<Foreign<'code'>>(error).code) ?? 500, 'YouTube')
    const { duplicates, full } = this.#parts.ears.take(text)
    // The running poll comes with every page, and says nothing of where the page begins.
    const overlap = duplicates > (page.activePollItem == null ? 0 : 1)
    this.#confirm(overlap || this.#pageToken !== undefined, way)
    this.#pageToken = filled(page.nextPageToken) ?? this.#pageToken
    if (full !== null) await full
    return page
  }
}

function isOver(page: Page): boolean {
  const types = list(page.items).map((item) => shaped<Snippet>(shaped<Foreign<'snippet'>>(item).snippet).type)
  return page.offlineAt != null || types.includes('chatEndedEvent')
}
