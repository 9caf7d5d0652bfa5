import { Backoff, type Growth } from '../../backoff.ts'
import { OutsideError } from '../../fetching.ts'
import type { Ears, Following, Ground, SourceOrder } from '../platform.ts'
import type { Broadcast, Chat, Way } from './broadcast.ts'
import { CHAT_OFF, NeedsPerson, NoChat, Refused } from './hindrance.ts'
import type { Load } from './innertube-door.ts'
import type { Quota, Quotas } from './quota.ts'
import { Rest, Stopped } from './rest.ts'
import type { Turns } from './turns.ts'
import { wayOf } from './ways.ts'

/** Between two tries after a failure, ms. */
const TRIES: Growth = { first: 1_000, longest: 60_000 }
/** Between two looks whether a broadcast has begun, ms. */
const LOOKS: Growth = { first: 10_000, longest: 90_000 }
/** After its end YouTube may show a broadcast as running for a while, ms. */
const AFTERGLOW_MS = 120_000
/** The broadcast that was announced, among the facts of the channel: it is announced once, also over a restart. */
const ANNOUNCED = 'broadcast'

export interface FollowerParts {
  order: SourceOrder
  ears: Ears
  ground: Ground
  turns: Turns
  quotas: Quotas
  load: Load
}

/** Follows one source: waits for a broadcast, reads its chat until it is over, and begins anew. */
export class Follower implements Following {
  readonly #ears: Ears
  readonly #ground: Ground
  readonly #rest = new Rest()
  readonly #way: Way
  readonly #tries: Backoff
  readonly #looks: Backoff
  #announced: string
  #running: { video: string; chat: Chat } | null = null
  #over: { video: string; until: number } | null = null

  constructor({ order, ears, ground, turns, quotas, load }: FollowerParts) {
    this.#ears = ears
    this.#ground = ground
    this.#tries = new Backoff(TRIES, ground.random)
    this.#looks = new Backoff(LOOKS, ground.random)
    this.#announced = order.facts[ANNOUNCED] ?? ''
    const worked = () => this.#tries.succeeded()
    this.#way = wayOf({ order, ears, ground, rest: this.#rest, turns, worked }, quotas, load)
  }

  /** Goes on until `stop`. */
  async run(): Promise<void> {
    this.#ears.connecting()
    try {
      for (;;) await this.#turn().catch((error: unknown) => this.#hindered(error))
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
    } finally {
      this.#let()
    }
  }

  stop(): void {
    this.#rest.stop()
  }

  retry(): void {
    this.#rest.wake()
  }

  async #turn(): Promise<void> {
    this.#rest.check()
    this.#running ??= await this.#found()
    const { chat, video } = this.#running
    const end = await chat.read()
    this.#let()
    if (end === 'lost') throw new OutsideError('YouTube no longer knows this chat; it is looked for again.')
    this.#over = { video, until: this.#ground.steady() + this.#ground.ms(AFTERGLOW_MS) }
    throw new NoChat('The broadcast has ended. Waiting for the next one.')
  }

  async #found(): Promise<{ video: string; chat: Chat }> {
    const { broadcast, chat } = await this.#way.find()
    const { video } = broadcast
    if (this.#over?.video === video && this.#ground.steady() < this.#over.until) {
      chat?.close()
      throw new NoChat('The broadcast has ended. Waiting for the next one.')
    }
    // Whether it is the one that was announced, or that one has ended.
    if (chat === null) throw new NoChat(CHAT_OFF, { broadcasts: this.#announced === '' || this.#announced === video })
    this.#looks.succeeded()
    if (this.#announced !== video) this.#announce(broadcast)
    return { video, chat }
  }

  #announce({ video, title, startedAt }: Broadcast): void {
    this.#announced = video
    this.#ears.learn({ [ANNOUNCED]: video })
    const at = startedAt ?? this.#ground.now()
    this.#ears.broadcast({ live: true, at, ...(title !== undefined && { title }) })
  }

  #let(): void {
    this.#running?.chat.close()
    this.#running = null
  }

  /** Tells what is wrong, and waits as long as that asks for. */
  async #hindered(error: unknown): Promise<void> {
    this.#rest.check()
    if (error instanceof NoChat) await this.#noChat(error)
    else if (error instanceof NeedsPerson) await this.#needsPerson(error.message, error.pause)
    else if (error instanceof Refused && error.reason === 'quota') await this.#spent()
    else await this.#again(error)
  }

  async #noChat({ message, detail }: NoChat): Promise<void> {
    this.#let()
    // Where no broadcast ran when this was last followed, a break left nothing out.
    this.#ears.waiting(message, { filled: this.#announced === '' })
    if (this.#announced !== '' && detail.broadcasts !== true) {
      this.#announced = ''
      this.#ears.learn({ [ANNOUNCED]: '' })
      this.#ears.broadcast({ live: false, at: this.#ground.now() })
    }
    this.#tries.succeeded()
    await this.#rest.wait(detail.pause ?? this.#ground.ms(this.#looks.next()))
  }

  async #needsPerson(why: string, pause: number): Promise<void> {
    this.#ears.attention(why)
    await this.#rest.wait(pause)
    this.#ears.connecting()
  }

  /** Nothing is left of the quota until midnight Pacific, or YouTube's day begins late; a person may have raised it and ask to try. */
  async #spent(): Promise<void> {
    const { quota } = this.#way
    if (quota === null) return
    if (quota.closedFor === 0) quota.close()
    this.#ears.quota(quota.report)
    this.#ears.attention(spent(quota))
    if (await this.#rest.wait(quota.closedFor)) quota.open()
    this.#ears.connecting()
  }

  async #again(error: unknown): Promise<void> {
    const pause = Math.max(this.#ground.ms(this.#tries.next()), this.#running?.chat.restsFor ?? 0)
    // What is not from outside is a flaw of ours: it is told like the rest, and must not end the thread.
    this.#ears.retry(error instanceof OutsideError ? error.message : `It could not be read: ${String(error)}`, pause)
    await this.#rest.wait(pause)
  }
}

function spent({ isFresh, report }: Quota): string {
  if (isFresh)
    return 'The quota of the API key is used up, and YouTube’s new day is late. It is tried again in some minutes.'
  const at = new Date(report.resetsAt).toISOString().slice(11, 16)
  return `The quota of the API key is used up for today. It goes on by itself at midnight Pacific, ${at} UTC.`
}
