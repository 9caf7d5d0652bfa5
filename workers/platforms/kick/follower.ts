import { randomUUID } from 'node:crypto'
import { Backoff, type Pace } from '../../backoff.ts'
import type { Ears, Facts, Following, Ground, SourceOrder } from '../platform.ts'
import { Centrifugo } from './centrifugo.ts'
import { historySince } from './history.ts'
import { KickTime } from './kick-time.ts'
import { howToPaste, lookUp } from './lookup.ts'
import { guestToken, negotiate, type Way } from './negotiate.ts'
import { Pusher } from './pusher.ts'
import { channelsOf, type Ids, KICK_ID, type Loss, type Provider, type Talk, type TalkEars } from './talk.ts'
import { Ways } from './ways.ts'

const GROWTH = { first: 1_000, longest: 30_000 }
/** From the first step until the chat is confirmed. */
const CONFIRMED_WITHIN_MS = 30_000
/** A connection that held for so long was a good one: the next pause is the first again. */
const STEADY_MS = 10_000
const LABELS: Readonly<Record<Provider, string>> = {
  centrifugo: 'unofficial socket',
  pusher: 'unofficial Pusher socket',
}

/** One channel's chat over the unofficial socket, for as long as it is followed. */
export class Follower implements Following {
  readonly #order: SourceOrder
  readonly #ears: Ears
  readonly #ground: Ground
  readonly #pace: Pace
  readonly #backoff: Backoff
  readonly #ways: Ways
  readonly #kickTime = new KickTime()
  readonly #stopped = new AbortController()
  #facts: Facts
  #clientId = randomUUID()
  #introduced = false
  /** On the way to a talk, a pause, or a word to a person. */
  #busy = false
  #talk: Talk | null = null
  #timer: NodeJS.Timeout | null = null
  #late: NodeJS.Timeout | null = null
  #readyAt: number | null = null
  #live = false
  /** The last sign of life of a confirmed chat; what was written after it may be missing. */
  #heardAt: number | null

  constructor(order: SourceOrder, ears: Ears, ground: Ground, pace: Pace) {
    this.#order = order
    this.#ears = ears
    this.#ground = ground
    this.#pace = pace
    this.#ways = new Ways(ground)
    this.#facts = order.facts
    this.#heardAt = order.leftAt
    this.#backoff = new Backoff({ first: ground.ms(GROWTH.first), longest: ground.ms(GROWTH.longest) }, ground.random)
    void this.#begin()
  }

  stop(): void {
    this.#stopped.abort()
    this.#clear()
    this.#talk?.close()
  }

  retry(): void {
    if (this.#talk !== null || this.#busy || this.#stopped.signal.aborted) return
    this.#clear()
    this.#ways.forgive()
    void this.#begin()
  }

  #clear(): void {
    for (const timer of [this.#timer, this.#late]) if (timer !== null) clearTimeout(timer)
  }

  /** One try, from the ids to an open connection. */
  async #begin(): Promise<void> {
    this.#busy = true
    this.#ears.connecting()
    const ids = await this.#ids()
    if (ids !== null && !this.#stopped.signal.aborted) await this.#connect(ids)
  }

  async #ids(): Promise<Ids | null> {
    const { channelId = '', chatroomId = '' } = this.#order.options
    for (const typed of [channelId, chatroomId]) {
      if (typed === '' || KICK_ID.test(typed)) continue
      this.#attend(`“${typed.slice(0, 50)}” is no id: Kick’s channel id and chatroom id are numbers.`)
      return null
    }
    if (chatroomId !== '') void this.#introduce()
    else if (this.#facts.chatroomId === undefined && !(await this.#lookedUp())) return null
    const chatroom = chatroomId || this.#facts.chatroomId
    return chatroom === undefined ? null : { chatroomId: chatroom, channelId: channelId || this.#facts.channelId }
  }

  /** With ids typed in, the look-up only adds what emotes and the panel like to know: it may fail. */
  async #introduce(): Promise<void> {
    if (this.#introduced || this.#facts.userId !== undefined) return
    this.#introduced = true
    const found = await lookUp(this.#ground, this.#order.name, this.#stopped.signal)
    if (found.kind === 'found') this.#learn(found.facts)
  }

  async #lookedUp(): Promise<boolean> {
    const found = await lookUp(this.#ground, this.#order.name, this.#stopped.signal)
    if (this.#stopped.signal.aborted) return false
    if (found.kind === 'found') this.#learn(found.facts)
    else if (found.kind === 'missing') this.#attend(`Kick has no channel “${this.#order.name}”.`)
    else if (found.kind === 'blocked') this.#attend(howToPaste(this.#ground, this.#order.name))
    else this.#pause(found.why, this.#backoff.next())
    return found.kind === 'found'
  }

  #learn(facts: Facts): void {
    if (this.#stopped.signal.aborted) return
    this.#facts = { ...this.#facts, ...facts }
    this.#ears.learn(facts)
  }

  async #connect(ids: Ids): Promise<void> {
    const { signal } = this.#stopped
    await this.#pace.turn()
    const ways = await negotiate(this.#ground, { channelId: ids.channelId, clientId: this.#clientId }, signal)
    if (signal.aborted) return
    const way = this.#ways.choose(ways)
    if (way === undefined)
      this.#pause('Kick’s socket wants nothing of us for some minutes.', this.#ways.closedFor(ways))
    else this.#open(way, ids)
  }

  #open(way: Way, ids: Ids): void {
    const { provider, url } = way
    const parts = { url, channels: channelsOf(ids), ears: this.#talkEars(way, ids), ground: this.#ground }
    const token = () => guestToken(this.#ground, this.#clientId, this.#stopped.signal)
    this.#busy = false
    this.#readyAt = null
    this.#late = setTimeout(() => this.#tooLate(provider), this.#ground.ms(CONFIRMED_WITHIN_MS))
    this.#talk = provider === 'centrifugo' ? new Centrifugo({ ...parts, token }) : new Pusher(parts)
  }

  #talkEars({ provider }: Way, ids: Ids): TalkEars {
    return {
      ready: () => void this.#ready(provider, ids),
      payload: (body) => this.#payload(body),
      heard: () => this.#heard(),
      quiet: () => this.#ears.stale(),
      over: (loss) => this.#over(provider, loss),
    }
  }

  #heard(): void {
    if (!this.#live) return
    this.#heardAt = this.#ground.now()
    this.#ears.heard()
  }

  #payload(body: string): void {
    this.#kickTime.heard(body, this.#ground.now())
    this.#take(body)
  }

  #take(body: string): void {
    const { full } = this.#ears.take(body)
    if (full !== null) void this.#hold(full)
  }

  /** Nothing is read until then. */
  async #hold(until: Promise<unknown>): Promise<void> {
    const talk = this.#talk
    talk?.pause()
    await until
    if (this.#talk === talk) talk?.resume()
  }

  async #ready(provider: Provider, ids: Ids): Promise<void> {
    const talk = this.#talk
    if (talk === null || this.#readyAt !== null) return
    if (this.#late !== null) clearTimeout(this.#late)
    this.#ways.worked()
    const filled = this.#fill(ids)
    this.#readyAt = this.#ground.steady()
    // What comes now was written after what the history tells.
    await this.#hold(filled)
    const whole = await filled
    if (this.#talk !== talk) return
    this.#live = true
    this.#heardAt = this.#ground.now()
    this.#ears.live({ filled: whole, way: LABELS[provider] })
  }

  /** True when everything that was written meanwhile has been had. Of what was deleted or gifted, nobody tells later. */
  async #fill({ channelId, chatroomId }: Ids): Promise<boolean> {
    if (this.#heardAt === null || channelId === undefined) return false
    const { signal } = this.#stopped
    const since = this.#kickTime.of(this.#heardAt)
    const { frames, whole } = await historySince(this.#ground, { channelId, chatroomId }, since, signal)
    if (signal.aborted) return false
    for (const frame of frames) this.#take(frame)
    return whole
  }

  #tooLate(provider: Provider): void {
    this.#talk?.close()
    this.#over(provider, { why: 'Kick’s socket did not confirm the chat in time.', next: 'soon' })
  }

  #over(provider: Provider, { why, next }: Loss): void {
    if (this.#late !== null) clearTimeout(this.#late)
    this.#talk = null
    this.#live = false
    const now = this.#ground.steady()
    const steady = this.#readyAt !== null && now - this.#readyAt >= this.#ground.ms(STEADY_MS)
    if (steady) this.#backoff.succeeded()
    if (this.#readyAt === null) this.#ways.failed(provider)
    if (next === 'later') {
      this.#ways.bar(provider)
      this.#clientId = randomUUID()
    }
    this.#pause(why, next === 'at once' && steady ? 0 : this.#backoff.next())
  }

  #attend(why: string): void {
    this.#busy = false
    this.#ears.attention(why)
  }

  #pause(why: string, ms: number): void {
    this.#busy = false
    this.#ears.retry(why, ms)
    this.#timer = setTimeout(() => void this.#begin(), ms)
  }
}
