import type { Log } from '../../log.ts'
import { FORGOTTEN_AFTER_MS, keysOf } from '../../redis/keys.ts'
import { type Argument, Away, type Link } from '../../redis/link.ts'
import { listOf } from '../../redis/reply.ts'
import type { Script } from '../../redis/script.ts'
import { firstOf, lastOf, type Slice } from '../../slice.ts'
import { KEEP_EVENTS, KEEP_MS, MAX_BYTES, MAX_EVENTS, type Tenure } from '../bus.ts'
import { headsOf } from './entry.ts'
import { APPEND, BEGIN, DONE, FORGOTTEN, GAP, STALE, TELL } from './scripts.ts'

/** Entries of a stream at most, however few events each has. */
const MAX_ENTRIES = 1_000
/** Slices of one append, and their bytes; a single larger one goes alone. */
const SLICES_AT_ONCE = 100
const BYTES_AT_ONCE = 512 * 1_024

export interface OutboxEnds {
  link: Link
  log: Log
  /** A newer home writes. */
  refused(): void
}

interface Sent {
  slice: Slice
  at: number
}

/**
 * The way of one channel from its home to its stream. It keeps what the stream should have, sent or not: what Redis could not take, or has
 * lost, is sent again from here. What no longer stands here when Redis is back is told as a jump of the numbers.
 */
export class Outbox {
  readonly #ends: OutboxEnds
  #tenure: Tenure
  readonly #kept: Sent[] = []
  #events = 0
  #bytes = 0
  /** The last number that went out of here, and the last one that the stream is known to have. */
  #last: number
  #taken: number
  /** The stream knows of this tenure. */
  #begun = false
  /** Redis must know of a lease first, or a newer home writes. */
  #halted = false
  #state: string | null = null
  #stateTold = true
  #sending: Promise<void> | null = null

  constructor(tenure: Tenure, ends: OutboxEnds) {
    this.#ends = ends
    this.#tenure = tenure
    this.#last = this.#taken = tenure.seq
  }

  get epoch(): string {
    return this.#tenure.epoch
  }

  /** The lease was lost and given again to the same home, and nobody has had it in between, or what they had is lost. */
  again(tenure: Tenure): void {
    this.#tenure = { ...this.#tenure, fence: tenure.fence }
    this.#begun = this.#halted = false
    this.#stateTold = this.#state === null
    this.send()
  }

  add(slice: Slice): void {
    this.#kept.push({ slice, at: performance.now() })
    this.#events += slice.events.length
    this.#bytes += slice.frame.text.length
    this.#last = lastOf(slice)
    this.send()
  }

  tell(state: string): void {
    this.#state = state
    this.#stateTold = false
    this.send()
  }

  /** Goes on with what waits, if it can. */
  send(): void {
    this.#trim()
    if (this.#sending !== null || !this.#ends.link.ready) return
    this.#sending = this.#sendAll()
      .catch((error: unknown) => {
        if (!(error instanceof Away)) this.#ends.log.error({ err: error, channel: this.#id }, 'Redis refused a slice')
      })
      .finally(() => {
        this.#sending = null
      })
  }

  /** Resolves when nothing waits, or it cannot go on. */
  async flushed(): Promise<void> {
    this.send()
    await this.#sending
  }

  get #id(): string {
    return this.#tenure.channelId
  }

  async #sendAll(): Promise<void> {
    while (!this.#halted) {
      if (!this.#begun) await this.#begin()
      else if (this.#taken < this.#last) await this.#append()
      else if (!this.#stateTold) await this.#tellState(this.#state ?? '')
      else return
    }
  }

  /** Whatever stands here comes behind it: also what the stream had before Redis lost it. */
  async #begin(): Promise<void> {
    const oldest = this.#kept[0]
    const from = oldest === undefined ? this.#last : firstOf(oldest.slice) - 1
    const { meta, stream } = keysOf(this.#id)
    const args = [this.#tenure.epoch, String(from), String(this.#last)]
    const [word, seq] = await this.#run(BEGIN, [meta, stream], args)
    if (word !== DONE) return
    this.#taken = seq
    this.#begun = true
  }

  async #append(): Promise<void> {
    const slices = this.#next()
    const first = slices[0]
    // Too much came while Redis was away: the numbers jump.
    if (first === undefined || firstOf(first) !== this.#taken + 1) {
      this.#begun = false
      return
    }
    const { meta, stream } = keysOf(this.#id)
    const args = [this.#tenure.epoch, String(this.#entries()), String(KEEP_MS), ...slices.flatMap(argumentsOf)]
    const [word, seq] = await this.#run(APPEND, [meta, stream], args)
    if (word === DONE) this.#taken = seq
    // Redis came back without its newest: from where it ends, as far as that stands here.
    else if (word === GAP && seq >= 0) this.#taken = seq
    else this.#begun = false
  }

  async #tellState(state: string): Promise<void> {
    const keys = keysOf(this.#id)
    const [word] = await this.#run(TELL, [keys.meta, keys.state], [state, String(FORGOTTEN_AFTER_MS)])
    if (word === DONE && this.#state === state) this.#stateTold = true
    else if (word === GAP) this.#begun = false
  }

  async #run(script: Script, keys: string[], args: Argument[]): Promise<[number, number]> {
    const { fence } = this.#tenure
    const [word, seq] = listOf(await this.#ends.link.run(script, keys, [String(fence), ...args])).map(Number)
    // A new fencing number that came meanwhile is tried at once.
    if (this.#tenure.fence === fence && (word === STALE || word === FORGOTTEN)) this.#halted = true
    if (this.#tenure.fence === fence && word === STALE) this.#ends.refused()
    return [word ?? STALE, seq ?? 0]
  }

  #next(): Slice[] {
    let from = this.#kept.length
    while (from > 0 && this.#waits(this.#kept[from - 1])) from--
    const waiting = this.#kept.slice(from, from + SLICES_AT_ONCE).map(({ slice }) => slice)
    let bytes = 0
    const end = waiting.findIndex(({ frame }, nth) => {
      bytes += frame.text.length
      return nth > 0 && bytes > BYTES_AT_ONCE
    })
    return end < 0 ? waiting : waiting.slice(0, end)
  }

  #waits(sent: Sent | undefined): boolean {
    return sent !== undefined && lastOf(sent.slice) > this.#taken
  }

  /** The stream keeps what stands here, once that is enough; until then also what came before this tenure. */
  #entries(): number {
    return this.#events >= KEEP_EVENTS ? Math.min(MAX_ENTRIES, this.#kept.length) : MAX_ENTRIES
  }

  #trim(): void {
    const since = performance.now() - KEEP_MS
    let drop = 0
    for (const { slice, at } of this.#kept) {
      const enough = this.#events - slice.events.length >= KEEP_EVENTS && lastOf(slice) <= this.#taken
      const tooMuch = this.#events > MAX_EVENTS || this.#bytes > MAX_BYTES
      if (!enough && !tooMuch && at > since) break
      this.#events -= slice.events.length
      this.#bytes -= slice.frame.text.length
      drop++
    }
    if (drop > 0) this.#kept.splice(0, drop)
  }
}

function argumentsOf(slice: Slice): Argument[] {
  return [String(firstOf(slice)), String(lastOf(slice)), headsOf(slice), slice.frame.text]
}
