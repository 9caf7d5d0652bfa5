import { randomUUID } from 'node:crypto'
import { monotonic } from '../../workers/queue/layout.ts'
import type { Log } from '../log.ts'
import { BORN_KEY, FORGOTTEN_AFTER_MS, keysOf } from '../redis/keys.ts'
import { Away, type Link } from '../redis/link.ts'
import { listOf, textOf } from '../redis/reply.ts'
import type { Holder, Lease, LeaseEnds, Leases } from './leases.ts'
import { refuses } from './refuses.ts'
import { LOOK, RELEASE, RENEW, TAKE, TAKE_AWAY } from './scripts.ts'

/** A node that dies or is cut off loses its channels after so long, ms. */
export const LEASE_MS = 5_000
/** Of a lease: how often it is renewed, and how much earlier than Redis its holder takes it for run out. */
const RENEWALS = 8
const MARGIN = 0.1
/** Of a lease: a node that has not renewed it for so long, and at whose address nobody listens any more, is dead. */
const QUIET = 0.4
const BORN_ANEW = 2
/** Of a lease: behind a break of the way to Redis, so much time is left to those whose leases ran out meanwhile. */
const PATIENCE = 0.2
/** Leases renewed by one command. */
const MAX_AT_ONCE = 200

export interface RedisLeaseParts {
  link: Link
  node: string
  /** Known once it listens. */
  address(): string
  log: Log
  leaseMs?: number
}

interface Held extends Lease {
  sure: boolean
  /** Until when nobody else can have it, on the clock that never jumps, ms. */
  until: number
}

/** Not renewed for a while, and what stands in its place. */
interface Quiet {
  channelId: string
  text: string
}

export class RedisLeases implements Leases {
  readonly #parts: RedisLeaseParts
  readonly #leaseMs: number
  readonly #held = new Map<string, Held>()
  readonly #timer: NodeJS.Timeout
  #ends: LeaseEnds = { doubted() {}, confirmed() {}, lost() {} }
  #renewing: Promise<void> | null = null
  /** What Redis called itself when it was last asked; '' = never asked. */
  #born = ''
  /** Until then, only what was lost here is taken. */
  #patientUntil = Number.NEGATIVE_INFINITY

  constructor(parts: RedisLeaseParts) {
    this.#parts = parts
    this.#leaseMs = parts.leaseMs ?? LEASE_MS
    this.#timer = setInterval(() => this.#round(), this.#leaseMs / RENEWALS)
    this.#timer.unref()
  }

  listen(ends: LeaseEnds): void {
    this.#ends = ends
  }

  of(channelId: string): Lease | null {
    const held = this.#held.get(channelId)
    if (held === undefined) return null
    this.#look(held, monotonic())
    return held
  }

  async take(channelId: string): Promise<Lease | Holder> {
    const mine = this.#held.get(channelId)
    if (mine !== undefined) return mine
    if (monotonic() < this.#patientUntil)
      throw new Away('Redis has forgotten who runs what, or may have, and is being told.')
    return this.#take(channelId)
  }

  async again(channelId: string): Promise<Lease | Holder> {
    return this.#held.get(channelId) ?? this.#take(channelId, true)
  }

  async #take(channelId: string, again = false): Promise<Lease | Holder> {
    const { link, node, address } = this.#parts
    const { home, meta } = keysOf(channelId)
    // Before it is asked for: the answer may be long on its way, and the lease runs all the while.
    const asked = monotonic()
    const args = [node, address(), String(this.#leaseMs), String(FORGOTTEN_AFTER_MS), this.#born, randomUUID()]
    const [taken, what, alive] = listOf(await link.run(TAKE, [home, meta, BORN_KEY], args))
    if (taken === BORN_ANEW) {
      this.#bornAnew(textOf(what))
      return again ? this.#take(channelId, true) : this.take(channelId)
    }
    if (taken !== 1) return this.#otherOrMine(channelId, holderOf(textOf(what)))
    return this.#keep(channelId, Number(textOf(what)), asked, textOf(alive))
  }

  async holder(channelId: string): Promise<Holder | null> {
    const found = await this.#parts.link.ask(['GET', keysOf(channelId).home])
    return found === null ? null : holderOf(textOf(found))
  }

  async free(channelIds: string[]): Promise<string[]> {
    const born = textOf(await this.#parts.link.ask(['GET', BORN_KEY]))
    if (born !== this.#born) this.#bornAnew(born)
    if (monotonic() < this.#patientUntil) return []
    const [free, quiet]: [string[], Quiet[]] = [[], []]
    for (let from = 0; from < channelIds.length; from += MAX_AT_ONCE) {
      const some = channelIds.slice(from, from + MAX_AT_ONCE)
      const homes = listOf(await this.#parts.link.run(LOOK, some.map(homeOf), [this.#quietBelow]))
      for (const [nth, channelId] of some.entries()) {
        if (homes[nth] === 0) continue
        const text = textOf(homes[nth])
        if (text === '') free.push(channelId)
        else quiet.push({ channelId, text })
      }
    }
    return [...free, ...(await this.#takenFromDead(quiet))]
  }

  async release(channelId: string): Promise<void> {
    const held = this.#held.get(channelId)
    if (held === undefined) return
    this.#held.delete(channelId)
    const { node, link } = this.#parts
    const ours = `${held.fence} ${node} `
    await link.run(RELEASE, [keysOf(channelId).home], [ours]).catch((error: unknown) => {
      // It runs out by itself.
      this.#parts.log.debug({ err: error, channel: channelId }, 'a lease could not be given back')
    })
  }

  /** Redis is back. What was had before is confirmed first, so that a break of Redis moves no channel. */
  ready(): void {
    this.#patientUntil = Math.max(this.#patientUntil, monotonic() + this.#leaseMs * PATIENCE)
    this.#round()
  }

  async announce(): Promise<void> {
    await this.#renewing
    await this.#renewAll()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#renewing
    await Promise.all([...this.#held.keys()].map((channelId) => this.release(channelId)))
  }

  /** Should one of them live after all, it is as with a lease that ran out: the next one gets a higher number. */
  async #takenFromDead(quiet: readonly Quiet[]): Promise<string[]> {
    const addresses = [...new Set(quiet.map(({ text }) => holderOf(text).address))]
    const silent = await Promise.all(addresses.map((address) => this.#isGone(address)))
    const dead = quiet.filter(({ text }) => silent[addresses.indexOf(holderOf(text).address)])
    if (dead.length === 0) return []
    const homes = dead.map(({ channelId }) => homeOf(channelId))
    const args = [this.#quietBelow, ...dead.map(({ text }) => text)]
    const free = listOf(await this.#parts.link.run(TAKE_AWAY, homes, args))
    return dead.flatMap(({ channelId }, nth) => (free[nth] === 1 ? [channelId] : []))
  }

  /** Where this node itself listens, the one that did before it is gone. */
  async #isGone(address: string): Promise<boolean> {
    return address !== '' && (address === this.#parts.address() || refuses(address))
  }

  /** What is left of a lease that has not been renewed for too long, ms. */
  get #quietBelow(): string {
    return String(Math.floor(this.#leaseMs * (1 - QUIET)))
  }

  /** Redis has lost what it knew: whoever ran a channel takes it again, and the others wait until they had the time to. */
  #bornAnew(born: string): void {
    if (this.#born !== '') this.#patientUntil = monotonic() + this.#leaseMs
    this.#born = born
  }

  /** An answer that was lost on its way: the lease is this node's, and it did not know. */
  #otherOrMine(channelId: string, holder: Holder): Lease | Holder {
    if (holder.node !== this.#parts.node) return holder
    // Counted from nothing: the next renewal says whether it still holds.
    return this.#held.get(channelId) ?? this.#keep(channelId, holder.fence, Number.NEGATIVE_INFINITY)
  }

  #keep(channelId: string, fence: number, asked: number, alive = ''): Held {
    const held = {
      channelId,
      fence,
      before: alive === '' ? null : Number(alive),
      sure: true,
      until: this.#until(asked),
    }
    this.#held.set(channelId, held)
    return held
  }

  /** The holder's own clock ends it first. */
  #until(asked: number): number {
    return asked + this.#leaseMs * (1 - MARGIN)
  }

  #round(): void {
    const now = monotonic()
    for (const held of this.#held.values()) this.#look(held, now)
    this.#renewing ??= this.#renewAll().finally(() => {
      this.#renewing = null
    })
  }

  #look(held: Held, now: number): void {
    if (!held.sure || now < held.until) return
    held.sure = false
    this.#parts.log.warn({ channel: held.channelId }, 'a lease was not confirmed in time')
    this.#ends.doubted(held)
  }

  async #renewAll(): Promise<void> {
    const all = [...this.#held.values()]
    for (let from = 0; from < all.length; from += MAX_AT_ONCE) {
      await this.#renew(all.slice(from, from + MAX_AT_ONCE)).catch((error: unknown) => {
        if (!(error instanceof Away)) this.#parts.log.error({ err: error }, 'leases could not be renewed')
      })
    }
  }

  async #renew(some: Held[]): Promise<void> {
    const { link, node, address } = this.#parts
    const keys = some.flatMap(({ channelId }) => {
      const { home, meta, stream, state } = keysOf(channelId)
      return [home, meta, stream, state]
    })
    const args = [node, address(), String(this.#leaseMs), String(FORGOTTEN_AFTER_MS)]
    const asked = monotonic()
    const answers = listOf(await link.run(RENEW, keys, [...args, ...some.map(({ fence }) => String(fence))]))
    some.forEach((held, nth) => {
      // Given back meanwhile.
      if (this.#held.get(held.channelId) !== held) return
      if (answers[nth] === 1) this.#confirm(held, asked)
      else this.#lose(held)
    })
  }

  #confirm(held: Held, asked: number): void {
    held.until = this.#until(asked)
    if (held.sure || monotonic() >= held.until) return
    held.sure = true
    this.#ends.confirmed(held)
  }

  #lose(held: Held): void {
    this.#held.delete(held.channelId)
    held.sure = false
    this.#parts.log.warn({ channel: held.channelId, fence: held.fence }, 'a lease is lost')
    this.#ends.lost(held)
  }
}

function homeOf(channelId: string): string {
  return keysOf(channelId).home
}

function holderOf(text: string): Holder {
  const [fence = '', node = '', address = ''] = text.split(' ')
  return { node, address, fence: Number(fence) }
}
