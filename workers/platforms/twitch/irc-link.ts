import { Backoff, type Pace } from '../../backoff.ts'
import type { Ground } from '../platform.ts'
import { Overlap } from './irc-overlap.ts'
import type { Room } from './irc-room.ts'
import { Session } from './irc-session.ts'

/** Twitch allows 100 channels at once. */
export const ROOMS_A_LINK = 90
const RETRY_FIRST_MS = 1_000
const RETRY_LONGEST_MS = 30_000
/** A session that held so long worked: the pause after its end is the first one again. */
const STEADY_MS = 30_000
/** How long the old session is still listened to when the new one has every channel: for what is on its way. */
export const OVERLAP_MS = 2_000

/** Keeps some channels connected, by one session after another. Where the server says that it goes away, the next one takes over first. */
export class Link {
  readonly #ground: Ground
  /** The turns in which this process may open connections. */
  readonly #openings: Pace
  readonly #backoff: Backoff
  readonly #rooms = new Map<string, Room>()
  /** The session that is listened to, and its successor while there are two. */
  #session: Session | null = null
  #next: Session | null = null
  #overlap = new Overlap<Session>()
  #opening = false
  #steadyFrom = Number.POSITIVE_INFINITY
  #pause: NodeJS.Timeout | null = null
  /** While nothing is open: why, and until when. */
  #lost: { why: string; until: number } | null = null
  #handover: NodeJS.Timeout | null = null
  #over = false

  constructor(ground: Ground, openings: Pace) {
    this.#ground = ground
    this.#openings = openings
    const growth = { first: ground.ms(RETRY_FIRST_MS), longest: ground.ms(RETRY_LONGEST_MS) }
    this.#backoff = new Backoff(growth, () => ground.random())
    this.#open()
  }

  get full(): boolean {
    return this.#rooms.size >= ROOMS_A_LINK
  }

  get empty(): boolean {
    return this.#rooms.size === 0
  }

  add(room: Room): void {
    this.#rooms.set(room.login, room)
    if (this.#lost !== null) room.retry(this.#lost.why, Math.max(0, this.#lost.until - this.#ground.steady()))
    // A successor may fail, and until it has joined only the one before it hears the channel.
    this.#session?.join(room.login)
    this.#next?.join(room.login)
  }

  remove(room: Room): void {
    this.#rooms.delete(room.login)
    this.#session?.part(room.login)
    this.#next?.part(room.login)
    this.#handOver()
  }

  /** A person asks for this channel: what waits is done now. */
  retry(room: Room): void {
    if (this.#pause !== null && this.#session === null) this.#open()
    else if (this.#newest?.settled(room.login) && !this.#newest.has(room.login)) {
      room.connecting()
      this.#newest.join(room.login)
    }
  }

  close(): void {
    this.#over = true
    this.#unset()
    this.#session?.close()
    this.#next?.close()
  }

  get #newest(): Session | null {
    return this.#next ?? this.#session
  }

  /** Opens a session when its turn comes: the first one, the one after a loss, or a successor. */
  #open(): void {
    this.#unset()
    if (this.#opening) return
    this.#opening = true
    void this.#openings.turn().then(() => {
      this.#opening = false
      if (this.#over) return
      // What was lost meanwhile has set a pause of its own.
      this.#unset()
      if (this.#session === null) this.#renew()
      else this.#next = this.#begin()
    })
  }

  #renew(): void {
    this.#lost = null
    this.#session = this.#begin()
    for (const room of this.#rooms.values()) room.connecting()
  }

  #begin(): Session {
    const session: Session = new Session(this.#ground, {
      welcomed: () => this.#welcomed(session),
      joined: (login) => this.#joined(session, login),
      missing: (login) => this.#missing(session, login),
      parted: (login) => this.#parted(session, login),
      roomId: (login, id) => this.#rooms.get(login)?.learn(id),
      chat: (login, lines) => this.#take(session, login, lines),
      heard: () => this.#each((room) => room.heard(), session),
      stale: () => this.#each((room) => room.stale(), session),
      leaving: () => this.#leaving(session),
      closed: (why) => this.#closed(session, why),
    })
    return session
  }

  #welcomed(session: Session): void {
    this.#steadyFrom = performance.now() + this.#ground.ms(STEADY_MS)
    for (const login of this.#rooms.keys()) session.join(login)
    this.#handOver()
  }

  #joined(session: Session, login: string): void {
    this.#rooms.get(login)?.live({ filled: this.#heardBeside(session, login) })
    this.#handOver()
  }

  #missing(session: Session, login: string): void {
    if (!this.#heardBeside(session, login)) this.#rooms.get(login)?.missing()
    this.#handOver()
  }

  #parted(session: Session, login: string): void {
    if (!this.#heardBeside(session, login)) this.#rooms.get(login)?.connecting()
    session.join(login)
  }

  /** True when the other one of two sessions has the channel. */
  #heardBeside(session: Session, login: string): boolean {
    const other = session === this.#next ? this.#session : this.#next
    return other?.has(login) ?? false
  }

  #take(session: Session, login: string, lines: string[]): Promise<unknown> | null {
    const room = this.#rooms.get(login)
    if (room === undefined) return null
    const fresh = this.#next === null ? lines : lines.filter((line) => this.#overlap.fresh(session, line))
    return fresh.length === 0 ? null : room.take(fresh)
  }

  /** Each room that this session has joined. */
  #each(act: (room: Room) => void, session: Session): void {
    for (const room of this.#rooms.values()) if (session.has(room.login)) act(room)
  }

  #leaving(session: Session): void {
    if (session !== this.#session || this.#next !== null || this.#pause !== null) return
    this.#overlap = new Overlap()
    this.#open()
  }

  /** Once the successor knows of every channel, and what was on its way has come, the old one is let go. */
  #handOver(): void {
    const next = this.#next
    if (next === null || !next.welcomed || this.#handover !== null) return
    if (![...this.#rooms.keys()].every((login) => next.settled(login))) return
    this.#handover = setTimeout(() => {
      this.#session?.close()
      this.#promote(next)
    }, this.#ground.ms(OVERLAP_MS))
  }

  /** The successor is the only one now; a channel that it has not joined yet is not heard any more. */
  #promote(next: Session): void {
    this.#unset()
    this.#session = next
    this.#next = null
    for (const room of this.#rooms.values()) {
      if (next.has(room.login)) continue
      if (next.settled(room.login)) room.missing()
      else room.connecting()
    }
  }

  #closed(session: Session, why: string): void {
    if (session === this.#session && this.#next !== null) {
      this.#promote(this.#next)
      return
    }
    this.#unset()
    const pause = this.#nextPause()
    if (session === this.#session) this.#lose(why, pause)
    else this.#next = null
    this.#pause = setTimeout(() => this.#open(), pause)
  }

  #lose(why: string, pause: number): void {
    this.#session = null
    this.#lost = { why, until: this.#ground.steady() + pause }
    for (const room of this.#rooms.values()) room.retry(why, pause)
  }

  #nextPause(): number {
    if (performance.now() >= this.#steadyFrom) this.#backoff.succeeded()
    this.#steadyFrom = Number.POSITIVE_INFINITY
    return this.#backoff.next()
  }

  #unset(): void {
    if (this.#pause !== null) clearTimeout(this.#pause)
    if (this.#handover !== null) clearTimeout(this.#handover)
    this.#pause = this.#handover = null
  }
}
