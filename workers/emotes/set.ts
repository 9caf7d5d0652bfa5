import { Backoff } from '../backoff.ts'
import { type Answered, fetchText, OutsideError, parsed } from '../fetching.ts'
import { hash, isObject } from '../foreign.ts'
import type { Ground } from '../platforms/platform.ts'
import type { Cache } from './cache.ts'
import { type EmoteAnswer, type EmoteMap, NO_EMOTES } from './emote.ts'
import type { TellFlaw } from './flaw.ts'
import type { Gate, Room } from './gate.ts'
import type { SevenTvEvents } from './seventv-events.ts'
import { readStored, writeStored } from './stored.ts'

/** A set is asked for again after so long, a fifth of it more or less, ms. */
export const REFRESH_MS = 5 * 60_000
const REFRESH_JITTER = 0.2
const FAILED = { first: 10_000, longest: 30 * 60_000 }
const ANSWER_WITHIN_MS = 15_000
/** A longer one is no use: it would be sent back with every request. */
const MAX_ETAG = 200

/** Which set it is. */
export interface SetOrder {
  provider: string
  address: string
  /** The name of its file in the cache. */
  file: string
  read(answer: unknown): EmoteAnswer | null
  change?(emotes: EmoteMap, body: unknown): EmoteMap
  /** The service answers 404 for a channel that it does not know: it has no emotes. */
  mayBeUnknown: boolean
}

export interface SetGround {
  ground: Ground
  cache: Cache
  /** Requests of one service at a time. */
  gate: Gate
  room: Room
  /** Tells of changes between two answers. */
  live?: Pick<SevenTvEvents, 'watch'>
  flaw: TellFlaw
}

/**
 * One set of one service, kept up to date: first as the disk remembers it, then as the service has it, again and again. A service
 * that fails, is slow or answers nonsense leaves the set as it is and is asked less and less often.
 */
export class EmoteSet {
  readonly #order: SetOrder
  readonly #ends: SetGround
  readonly #changed: () => void
  readonly #backoff: Backoff
  readonly #ended = new AbortController()
  #answer: EmoteAnswer = { emotes: NO_EMOTES }
  #etag: string | null = null
  /** Of the answer before, so that the same one again changes nothing, also not what is known better by now. */
  #mark = ''
  #timer: NodeJS.Timeout | null = null
  #asking = false
  #watched: string | undefined
  #unwatch = (): void => {}

  constructor(order: SetOrder, ends: SetGround, changed: () => void) {
    this.#order = order
    this.#ends = ends
    this.#changed = changed
    this.#backoff = new Backoff(FAILED, ends.ground.random)
  }

  get emotes(): EmoteMap {
    return this.#answer.emotes
  }

  get badges(): ReadonlyMap<string, string> | undefined {
    return this.#answer.badges
  }

  async start(): Promise<void> {
    const { provider, address, file } = this.#order
    const text = await this.#ends.cache.read(file)
    const stored = text === null ? null : readStored(address, provider, text)
    if (this.#ended.signal.aborted) return
    if (stored !== null && this.#take(stored.answer)) this.#etag = stored.etag
    await this.#ask()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#ended.abort()
    this.#unwatch()
    this.#ends.room.exchange(this.#answer.emotes.size, 0)
    this.#answer = { emotes: NO_EMOTES }
  }

  /** Asks at once, and believes the answer even if it is the one before. */
  refresh(): void {
    this.#etag = null
    this.#mark = ''
    if (this.#asking || this.#ended.signal.aborted) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    void this.#ask()
  }

  #change(body: unknown): void {
    const { provider, change } = this.#order
    try {
      const emotes = change?.(this.#answer.emotes, body)
      if (emotes !== undefined && !this.#ended.signal.aborted) this.#take({ ...this.#answer, emotes })
    } catch (error) {
      this.#ends.flaw(provider, error)
    }
  }

  /** Listens to the changes of the set that the channel has now; it may choose another one. */
  #listen(): void {
    const { set } = this.#answer
    if (set === this.#watched) return
    this.#unwatch()
    this.#watched = set
    const watcher = { changed: (body: unknown) => this.#change(body), missed: () => this.refresh() }
    this.#unwatch = (set !== undefined && this.#ends.live?.watch(set, watcher)) || (() => {})
  }

  /** One request, and the next one in a while. */
  async #ask(): Promise<void> {
    this.#asking = true
    const pause = await this.#ends.gate.run(() => this.#fetch())
    this.#asking = false
    if (this.#ended.signal.aborted) return
    this.#timer = setTimeout(() => void this.#ask(), this.#ends.ground.ms(pause))
  }

  async #fetch(): Promise<number> {
    if (this.#ended.signal.aborted) return 0
    try {
      const { ground } = this.#ends
      const answered = await fetchText(this.#order.address, {
        ...(this.#etag !== null && { headers: { 'if-none-match': this.#etag } }),
        within: ground.ms(ANSWER_WITHIN_MS),
        signal: this.#ended.signal,
      })
      if (!this.#ended.signal.aborted) this.#hear(answered)
      this.#backoff.succeeded()
      return REFRESH_MS * (1 + REFRESH_JITTER * (2 * ground.random() - 1))
    } catch (error) {
      if (!(error instanceof OutsideError)) this.#ends.flaw(this.#order.provider, error)
      return this.#backoff.next()
    }
  }

  /** Throws OutsideError for what is no answer of this service. */
  #hear({ status, headers, text }: Answered): void {
    const { address, read, mayBeUnknown } = this.#order
    if (status === 304) return
    const mark = `${status} ${hash(text)}`
    const { host } = new URL(address)
    if (mark !== this.#mark) {
      const json = parsed(text, host, status)
      const unknown = status === 404 && mayBeUnknown && isObject(json)
      const answer = unknown ? { emotes: NO_EMOTES } : status === 200 ? read(json) : null
      if (answer === null) throw new OutsideError(`${host} answered ${status} without emotes.`, status)
      if (!this.#take(answer)) return
      this.#mark = mark
      this.#keep(answer, etagOf(headers))
    }
    this.#etag = etagOf(headers)
  }

  #keep(answer: EmoteAnswer, etag: string | null): void {
    const { address, provider, file } = this.#order
    void this.#ends.cache.write(file, writeStored(address, provider, { answer, etag }))
  }

  /** False when there is no room for it; the set then stays as it is. */
  #take(answer: EmoteAnswer): boolean {
    if (!this.#ends.room.exchange(this.#answer.emotes.size, answer.emotes.size)) return false
    this.#answer = answer
    this.#listen()
    this.#changed()
    return true
  }
}

function etagOf(headers: Headers): string | null {
  const etag = headers.get('etag')
  return etag === null || etag.length > MAX_ETAG ? null : etag
}
