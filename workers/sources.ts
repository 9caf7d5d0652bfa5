import { randomBytes } from 'node:crypto'
import type { FromWorker } from './control.ts'
import type { Facts, SourceOrder } from './followed.ts'
import type { InHand } from './hooks.ts'
import type { Brought, Intake } from './intake.ts'
import type { Connector, Following, Ground, Platform, Pushed } from './platforms/platform.ts'
import { Source, type SourceEnds } from './source.ts'

/** Reports of one source are told at most this often, ms; the last one is always told. */
export const TELL_EVERY_MS = 200
const LIFE_BYTES = 6

interface Followed {
  source: Source
  following: Following
}

/** Told when a source comes, learns something or goes, so that its emotes can be had. */
export interface SourceListener {
  follows(source: Source): void
  leaves(order: SourceOrder): void
}

/** One living connection per followed source, and what the main thread is told of it. */
export class Sources {
  readonly #connectors = new Map<string, Connector>()
  readonly #intake: Intake
  readonly #answer: (word: FromWorker) => void
  readonly #inHand: InHand
  readonly #ground: Ground
  readonly #listener: SourceListener
  readonly #followed = new Map<string, Followed>()
  readonly #untold = new Set<Source>()
  /** Ids of deliveries must not come again in another life of this thread. */
  readonly #life = randomBytes(LIFE_BYTES).toString('hex')
  #delivery = 0
  #teller: NodeJS.Timeout | null = null
  #room: Promise<void> | null = null

  constructor(
    platforms: readonly Platform[],
    parts: { intake: Intake; ground: Ground; answer(word: FromWorker): void; inHand: InHand; listener: SourceListener },
  ) {
    this.#intake = parts.intake
    this.#answer = parts.answer
    this.#inHand = parts.inHand
    this.#ground = parts.ground
    this.#listener = parts.listener
    for (const { about, connector } of platforms) if (connector) this.#connectors.set(about.id, connector(parts.ground))
  }

  /** Follows, and lets go of what the channel followed on this platform before. */
  follow(order: SourceOrder): void {
    this.unfollow(order.channel, order.platform)
    const connector = this.#connectors.get(order.platform)
    if (connector === undefined) return
    const source = new Source(order, this.#ends())
    // Known before it is followed: a connector may tell something at once.
    const followed: Followed = { source, following: { stop() {}, retry() {} } }
    this.#followed.set(keyOf(order), followed)
    this.#listener.follows(source)
    this.#changed(source)
    followed.following = this.#inHand(-order.number, () => connector.follow(order, source))
  }

  unfollow(channel: number, platform: string): void {
    const key = keyOf({ channel, platform })
    const followed = this.#followed.get(key)
    if (followed === undefined) return
    this.#followed.delete(key)
    this.#untold.delete(followed.source)
    followed.following.stop()
    this.#listener.leaves(followed.source.order)
  }

  retry(channel: number, platform: string): void {
    this.#followed.get(keyOf({ channel, platform }))?.following.retry()
  }

  /** A signed delivery of a followed channel was taken. */
  delivered(where: { channel: number; platform: string }, events: number, learnt: Facts): void {
    const followed = this.#followed.get(keyOf(where))
    if (followed === undefined) return
    followed.source.learn(learnt)
    followed.source.delivered(events)
    followed.following.delivered?.()
  }

  /** Lets go of every connection; for the end of the thread. */
  stop(): void {
    if (this.#teller !== null) clearTimeout(this.#teller)
    for (const { following } of this.#followed.values()) following.stop()
    this.#followed.clear()
    for (const connector of this.#connectors.values()) connector.close()
  }

  #ends(): SourceEnds {
    return {
      now: () => this.#ground.now(),
      bring: (source, body, headers) => this.#bring(source, { body, headers }),
      room: () => this.#whenRoom(),
      changed: (source) => this.#changed(source),
      learnt: (source, facts) => this.#learnt(source, facts),
      gap: (source, from, to) => this.#gap(source, from, to),
      broadcast: (source, broadcast) => {
        const { channel, platform } = source.order
        this.#say(source, { type: 'broadcast', channel, platform, broadcast })
      },
    }
  }

  /** What a connection that was let go still brings is nobody's. */
  #bring(source: Source, pushed: Pushed): Brought {
    const { channel, platform, number } = source.order
    if (!this.#isFollowed(source)) return { accepted: 0, duplicates: 0, seq: 0, full: false }
    const context = { receivedAt: this.#ground.now(), delivery: `${this.#life}-${++this.#delivery}` }
    return this.#inHand(-number, () => this.#intake.bring(channel, platform, pushed, context))
  }

  /** One wait for all: a source that does not stop reading must not pile up waits. */
  #whenRoom(): Promise<void> {
    this.#room ??= new Promise((resolve) => {
      this.#intake.whenRoom(() => {
        this.#room = null
        resolve()
      })
    })
    return this.#room
  }

  #learnt(source: Source, facts: Facts): void {
    if (!this.#isFollowed(source)) return
    this.#listener.follows(source)
    this.#say(source, { type: 'facts', source: source.order.number, facts })
  }

  #gap(source: Source, from: number, to: number): void {
    const { channel, number } = source.order
    this.#say(source, { type: 'gap', source: number, from, to, after: this.#intake.seqOf(channel) })
  }

  #say(source: Source, word: FromWorker): void {
    if (this.#isFollowed(source)) this.#answer(word)
  }

  #isFollowed(source: Source): boolean {
    return this.#followed.get(keyOf(source.order))?.source === source
  }

  /** What changes often is told as often as it can be looked at. */
  #changed(source: Source): void {
    if (!this.#isFollowed(source)) return
    this.#untold.add(source)
    this.#teller ??= setTimeout(() => this.#tell(), TELL_EVERY_MS)
  }

  #tell(): void {
    this.#teller = null
    for (const source of this.#untold) {
      this.#say(source, { type: 'source', source: source.order.number, report: source.report })
    }
    this.#untold.clear()
  }
}

function keyOf({ channel, platform }: { channel: number; platform: string }): string {
  return `${channel} ${platform}`
}
