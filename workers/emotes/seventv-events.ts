import { Backoff } from '../backoff.ts'
import { type Foreign, shaped, whole } from '../foreign.ts'
import type { Ground } from '../platforms/platform.ts'
import { Wire } from '../wire.ts'
import { safeId } from './emote.ts'

/**
 * 7TV's socket, which tells of every emote that is put into a set or taken out of it. It only makes changes show at once: sets are asked
 * for again in any case, and without this socket all else works.
 */

/** Sets on one connection; 7TV says itself how many it takes. Changes of more than that are seen a little later. */
export const MAX_WATCHED = 500
const LOST = { first: 2_000, longest: 5 * 60_000 }
const SILENCE_MS = 90_000
/** How often the other side says that it lives, and how far we believe what it says of that, ms. */
const BEAT = { usual: 30_000, least: 1_000, longest: 120_000 }
/** So many beats may be missed. */
const BEATS_MISSED = 2

const OP = { dispatch: 0, hello: 1, reconnect: 4, end: 7, subscribe: 35, unsubscribe: 36 } as const
const UPDATE = 'emote_set.update'

/** Told of one set. */
export interface Watcher {
  changed(body: unknown): void
  /** The connection was lost and is there again: something may have been missed. */
  missed(): void
}

type Frame = Foreign<'op' | 'd'>
type Hello = Foreign<'heartbeat_interval' | 'subscription_limit'>
type Dispatch = Foreign<'type' | 'body'>

export class SevenTvEvents {
  readonly #url: string
  readonly #ground: Ground
  readonly #backoff: Backoff
  readonly #watchers = new Map<string, Set<Watcher>>()
  /** Sets that the other side was asked for on this connection; null before its hello. */
  #subscribed: Set<string> | null = null
  #limit = MAX_WATCHED
  #wire: Wire | null = null
  #timer: NodeJS.Timeout | null = null
  #lost = false

  constructor(url: string, ground: Ground) {
    this.#url = url
    this.#ground = ground
    this.#backoff = new Backoff(LOST, ground.random)
  }

  /** Gives how to end it. The connection stands while anybody watches. */
  watch(set: string, watcher: Watcher): () => void {
    const watchers = this.#watchers.get(set) ?? new Set()
    this.#watchers.set(set, watchers.add(watcher))
    if (this.#wire === null && this.#timer === null) this.#connect()
    else this.#subscribe(set)
    return () => this.#unwatch(set, watcher)
  }

  close(): void {
    this.#watchers.clear()
    this.#disconnect()
  }

  #unwatch(set: string, watcher: Watcher): void {
    const watchers = this.#watchers.get(set)
    if (!watchers?.delete(watcher) || watchers.size > 0) return
    this.#watchers.delete(set)
    if (this.#watchers.size === 0) this.#disconnect()
    else if (this.#subscribed?.delete(set)) this.#say(OP.unsubscribe, set)
  }

  #connect(): void {
    this.#timer = null
    if (this.#url === '') return
    this.#wire = new Wire(
      this.#url,
      { opened() {}, quiet() {}, heard: (text) => this.#hear(text), closed: () => this.#closed() },
      this.#times(SILENCE_MS),
    )
  }

  #disconnect(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#wire?.close()
    this.#timer = this.#wire = this.#subscribed = null
    this.#lost = false
  }

  #closed(): void {
    this.#wire = this.#subscribed = null
    this.#lost = true
    this.#timer = setTimeout(() => this.#connect(), this.#ground.ms(this.#backoff.next()))
  }

  #hear(text: string): void {
    const { op, d } = shaped<Frame>(parsed(text))
    if (op === OP.hello) this.#greeted(shaped<Hello>(d))
    else if (op === OP.dispatch) this.#dispatched(shaped<Dispatch>(d))
    else if (op === OP.reconnect || op === OP.end) {
      this.#wire?.close()
      this.#closed()
    }
  }

  #greeted({ heartbeat_interval, subscription_limit }: Hello): void {
    const beat = Math.min(BEAT.longest, Math.max(BEAT.least, whole(heartbeat_interval) ?? BEAT.usual))
    this.#wire?.expect(this.#times(beat * BEATS_MISSED))
    this.#limit = Math.min(MAX_WATCHED, whole(subscription_limit) ?? MAX_WATCHED)
    this.#subscribed = new Set()
    this.#backoff.succeeded()
    for (const set of this.#watchers.keys()) this.#subscribe(set)
    if (this.#lost) for (const watcher of this.#everybody()) watcher.missed()
    this.#lost = false
  }

  #dispatched({ type, body }: Dispatch): void {
    const set = safeId(shaped<Foreign<'id'>>(body).id)
    if (type !== UPDATE || set === undefined) return
    for (const watcher of this.#watchers.get(set) ?? []) watcher.changed(body)
  }

  #subscribe(set: string): void {
    const known = this.#subscribed
    if (known === null || known.has(set) || known.size >= this.#limit) return
    known.add(set)
    this.#say(OP.subscribe, set)
  }

  #say(op: number, set: string): void {
    this.#wire?.send(JSON.stringify({ op, d: { type: UPDATE, condition: { object_id: set } } }))
  }

  #everybody(): Watcher[] {
    return [...this.#watchers.values()].flatMap((watchers) => [...watchers])
  }

  #times(silence: number): { quietAfter: number; deadAfter: number } {
    return { quietAfter: this.#ground.ms(silence), deadAfter: this.#ground.ms(silence) }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
