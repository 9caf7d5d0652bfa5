import { Backoff } from '../../workers/backoff.ts'
import type { DeliveryView, WebhookView } from '../api/programs.ts'
import { newId } from '../auth/ids.ts'
import type { Webhook } from '../stores/programs.ts'
import { type Outcome, post } from './post.ts'
import { sign } from './signature.ts'
import { Waiting } from './waiting.ts'

/** What comes within so long goes together; ms, like those below. */
export const GATHER_MS = 500
const PAUSES = { first: 1_000, longest: 5 * 60_000 }
/** Failures without a success in between, after which nothing more is tried. */
export const GIVE_UP_AFTER_MS = 6 * 3_600_000
/** Tries that are kept for looking at. */
export const KEPT_TRIES = 50
const GONE = 410

export interface CourierGround {
  /** Also to addresses that are not public. */
  anywhere: boolean
  /** Divides every wait. */
  haste: number
  /** The secrets that sign, the newest first. */
  secrets(webhook: Webhook): string[]
  /** It gives up by itself. */
  paused(webhook: Webhook, why: 'failures' | 'gone'): void
  tried(delivered: boolean): void
}
interface Batch {
  id: string
  texts: string[]
  attempt: number
}

/** Delivers to one webhook: in order, one delivery at a time, each until it is taken. Nobody waits for it. */
export class Courier {
  #webhook: Webhook
  readonly #ground: CourierGround
  readonly #waiting = new Waiting()
  readonly #backoff = new Backoff(PAUSES)
  readonly #ended = new AbortController()
  readonly #tries: DeliveryView[] = []
  #batch: Batch | null = null
  #timer: NodeJS.Timeout | null = null
  #busy: Promise<void> | null = null
  /** By the time of day, and by the clock that never jumps. */
  #failingSince: number | null = null
  #failingFrom: number | null = null
  #retryAt: number | null = null
  /** Its channel is suspended. */
  #shut = false

  constructor(webhook: Webhook, ground: CourierGround) {
    this.#webhook = webhook
    this.#ground = ground
  }

  get webhook(): Webhook {
    return this.#webhook
  }

  /** It has been changed; what waits stays, and a failed delivery is tried at once. */
  replace(changed: Webhook): void {
    this.#webhook = changed
    this.#restOrGoOn()
  }

  /** While its channel is suspended, it rests as one that is paused. */
  shut(on: boolean): void {
    if (this.#shut === on) return
    this.#shut = on
    this.#restOrGoOn()
  }

  /** Null from `change` takes a text away. One that is being delivered just now is delivered again without it. */
  rewrite(change: (text: string) => string | null): void {
    if (this.#waiting.rewrite(change)) this.#batch = null
  }

  get waiting(): Waiting {
    return this.#waiting
  }

  get tries(): readonly DeliveryView[] {
    return this.#tries
  }

  /** Takes one event. Never waits, never throws. */
  add(text: string): void {
    if (!this.#resting) {
      this.#waiting.add(text, Date.now())
      this.#soon(GATHER_MS)
    } else this.#waiting.miss(1, Date.now())
  }

  /** What waited when the last process ended. */
  resume(texts: readonly string[], lost: number): void {
    for (const text of texts) this.#waiting.add(text, Date.now())
    if (lost > 0) this.#waiting.miss(lost, Date.now())
    this.#waiting.close()
    if (!this.#resting && this.#waiting.count > 0) this.#soon(GATHER_MS)
  }

  /** One delivery without events, beside all others. */
  test(): Promise<DeliveryView> {
    return this.#try({ id: idOf(), texts: [], attempt: 1 }, true)
  }

  view(): WebhookView {
    const { id, name, url, events, paused, createdAt } = this.#webhook
    const { missed, count } = this.#waiting
    const [last = null] = this.#tries
    const state = { paused, failingSince: this.#failingSince, retryAt: this.#retryAt }
    return { id, name, url, events, ...state, waiting: count - missed, missed, last, createdAt }
  }

  /** Ends a try that runs: whether it was taken is not known, so it is delivered again. */
  async stop(): Promise<void> {
    this.#ended.abort()
    this.#rest()
    await this.#busy
  }

  get #resting(): boolean {
    return this.#shut || this.#webhook.paused !== null
  }

  #restOrGoOn(): void {
    this.#forgive()
    if (this.#resting) {
      this.#rest()
      return
    }
    // What is missing comes before what comes from now on.
    this.#waiting.close()
    if (this.#waiting.count > 0) this.#soon(0)
  }

  #soon(afterMs: number): void {
    if (this.#timer !== null || this.#busy !== null || this.#ended.signal.aborted) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#retryAt = null
      this.#busy = this.#deliver().finally(() => {
        this.#busy = null
        this.#goOn()
      })
    }, afterMs / this.#ground.haste)
    this.#timer.unref()
  }

  #goOn(): void {
    if (this.#resting || this.#waiting.count === 0) return
    if (this.#failingSince === null) {
      this.#soon(GATHER_MS)
      return
    }
    const pause = this.#backoff.next()
    this.#retryAt = Math.round(Date.now() + pause / this.#ground.haste)
    this.#soon(pause)
  }

  async #deliver(): Promise<void> {
    this.#batch ??= { id: idOf(), texts: this.#waiting.batch(), attempt: 0 }
    const batch = this.#batch
    if (batch.texts.length === 0) {
      this.#batch = null
      return
    }
    batch.attempt++
    const { error, status } = await this.#try(batch, false)
    if (this.#ended.signal.aborted || this.#batch !== batch) return
    if (error === null) {
      this.#waiting.done(batch.texts.length)
      this.#batch = null
      this.#forgive()
    } else this.#failed(status)
  }

  #failed(status: number | null): void {
    this.#failingSince ??= Date.now()
    this.#failingFrom ??= performance.now()
    const failing = (performance.now() - this.#failingFrom) * this.#ground.haste
    if (status === GONE) this.#giveUp('gone')
    else if (failing >= GIVE_UP_AFTER_MS) this.#giveUp('failures')
  }

  #giveUp(why: 'failures' | 'gone'): void {
    this.#webhook = { ...this.#webhook, paused: why }
    this.#rest()
    this.#ground.paused(this.#webhook, why)
  }

  /** What waits becomes a gap: it would be old news. */
  #rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#retryAt = null
    if (!this.#resting) return
    this.#batch = null
    this.#waiting.drop(Date.now())
  }

  #forgive(): void {
    this.#failingSince = null
    this.#failingFrom = null
    this.#retryAt = null
    this.#backoff.succeeded()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  async #try({ id, texts, attempt }: Batch, test: boolean): Promise<DeliveryView> {
    const at = Date.now()
    const began = performance.now()
    const outcome = await this.#send(id, texts, test, at)
    const ms = Math.round(performance.now() - began)
    const tried = { id, at, events: texts.length, attempt, test, ms, ...outcome }
    this.#tries.unshift(tried)
    this.#tries.splice(KEPT_TRIES)
    this.#ground.tried(outcome.error === null)
    return tried
  }

  #send(id: string, texts: readonly string[], test: boolean, at: number): Promise<Outcome> {
    const { channelId, url } = this.#webhook
    // The events are put in as they were encoded.
    const head = JSON.stringify({ type: test ? 'test' : 'events', channel: channelId })
    const body = `${head.slice(0, -1)},"events":[${texts.join(',')}]}`
    const { anywhere } = this.#ground
    const headers = sign(this.#ground.secrets(this.#webhook), id, at, body)
    return post({ url: new URL(url), headers, body, anywhere, signal: this.#ended.signal })
  }
}

/** Standard Webhooks wants ids without dots. */
const idOf = () => `msg_${newId()}`
