import { FairQueue } from '../workers/fair-queue.ts'
import type { Job, Outcome, Published } from '../workers/job.ts'
import { LONG_REST_MS } from '../workers/pace.ts'
import { CrossChatError } from './errors.ts'
import { PendingRoom } from './pending-room.ts'

/**
 * Bytes of jobs that the worker has in hand or whose events lie in the ring; while there are as many, the others wait in lines of their
 * channels. What lies in the ring comes before whatever is submitted later, so this is what a channel may wait for at another's flood.
 */
export const MAX_BYTES_IN_HAND = 64 * 1_024
/** Up to this, whoever has nothing in hand waits for nobody: the worker takes the channels in turns, a piece of a payload at a time. */
const MOST_BYTES_IN_HAND = 512 * 1_024
/** What a channel may hand over at each of its turns. */
const BYTES_A_TURN = 16 * 1_024
/** Of a job, for its turn: the smallest one has its price, too. */
export const LEAST_COST = 256
/**
 * Whoever has no more than this in hand waits for nobody and needs no rest: a chat that goes by, a message a call, is no flood, however long
 * each of them takes beside one. Were they done one at a time with rests between, they would come faster than they are done.
 */
export const LITTLE_BYTES = 4 * 1_024

/** What took less needs no rest, ms. */
const REST_FROM_MS = 1

type Done = Outcome & { ok: true }

export interface Pending {
  word: Job
  bytes: number
  /** What it counts for while it is in hand; 0 = it is not. */
  inHand: number
  handed: boolean
  /** When it was, ms of the process's clock. */
  handedAt: number
  deaths: number
  published: Published[]
  resolve(outcome: Done): void
  reject(error: CrossChatError): void
}

/** Who does the jobs, while it is at work. */
export interface Doer {
  readonly ready: boolean
  post(word: Job): void
}

/** Jobs that the worker has not acknowledged: in hand, or waiting in lines of their channels for their turn. */
export class PendingJobs {
  readonly #worker: Doer
  readonly #others: () => boolean
  readonly #pending = new Map<number, Pending>()
  /** Those of them that have not been handed over, by channel. */
  readonly #waiting = new FairQueue<number, Pending>(BYTES_A_TURN)
  readonly #room = new PendingRoom()
  #refused: 'stopping' | null = null
  #bytesInHand = 0
  /** Channels → bytes of their jobs in hand. */
  readonly #inHand = new Map<number, number>()

  /** `others`: whether chat of several channels comes out of the ring. */
  constructor(worker: Doer, others: () => boolean = () => false) {
    this.#worker = worker
    this.#others = others
  }

  get size(): number {
    return this.#pending.size
  }

  of(job: number): Pending | undefined {
    return this.#pending.get(job)
  }

  /** null = there is no room for it. */
  take(word: Job, bytes: number): Promise<Done> | null {
    if (this.#refused !== null) return Promise.reject(new CrossChatError(this.#refused))
    if (!this.#room.enter(word.channel, bytes)) return null
    return new Promise((resolve, reject) => {
      const pending = { word, bytes, handedAt: 0, inHand: 0, handed: false, deaths: 0, published: [], resolve, reject }
      this.#pending.set(word.job, pending)
      this.#waiting.add(word.channel, pending, Math.max(LEAST_COST, bytes))
      this.handOver()
      this.#handOverFirst(word.channel)
    })
  }

  /** The channels in turns, as far as there is room. */
  handOver(room = MAX_BYTES_IN_HAND): void {
    while (this.#worker.ready && this.#bytesInHand < room) {
      const next = this.#waiting.next()
      if (next === undefined) return
      this.#hand(next)
    }
  }

  /** What was handed over to a worker that is dead, as the next one is to hear it. */
  *again(): Iterable<Job> {
    for (const { word, published, handed } of this.#pending.values()) {
      if (!handed) continue
      // A job in hand again carries what of it was published already, even when that is nothing: it is never refused.
      yield published.length > 0 || word.published !== undefined ? { ...word, published } : word
    }
  }

  /** It is acknowledged, or given up. */
  forget(job: number): Pending | undefined {
    const pending = this.#pending.get(job)
    if (pending === undefined) return undefined
    this.#pending.delete(job)
    this.#room.leave(pending.word.channel, pending.bytes)
    return pending
  }

  /** Its events have come out of the ring, or there are none. While its channel rests after it, it counts as in hand. */
  release(pending: Pending): void {
    const rest = this.#restAfter(pending)
    if (rest === 0) this.#giveBack(pending)
    else setTimeout(() => this.#giveBack(pending), rest)
  }

  /** Of a channel with more to do, beside others that are at work: as long as the job took. So half of the worker stays for the others. */
  #restAfter({ word, bytes, handedAt }: Pending): number {
    const took = performance.now() - handedAt
    if (bytes <= LITTLE_BYTES || took < REST_FROM_MS || !this.#waiting.has(word.channel) || !this.#others()) return 0
    return Math.min(LONG_REST_MS, took)
  }

  #giveBack(pending: Pending): void {
    const { channel } = pending.word
    if (pending.inHand > 0) this.#count(channel, pending, -pending.inHand)
    this.handOver()
    // In the order of their turns, so that whoever came when even this was full does not wait for ever.
    for (const waiting of this.#waiting.keys()) this.#handOverFirst(waiting)
  }

  /** What comes from now on, too. */
  refuseAll(code: 'stopping'): void {
    this.#refused = code
    for (const pending of this.#pending.values()) pending.reject(new CrossChatError(code))
    this.#pending.clear()
  }

  /** The first job of a channel that has none in hand, and further ones while they are little together. */
  #handOverFirst(channel: number): void {
    while (this.#worker.ready && this.#bytesInHand < MOST_BYTES_IN_HAND && this.#mayGoFirst(channel)) {
      const next = this.#waiting.nextOf(channel)
      if (next === undefined) return
      this.#hand(next)
    }
  }

  #mayGoFirst(channel: number): boolean {
    const inHand = this.#inHand.get(channel)
    const cost = this.#waiting.costOf(channel)
    return cost !== undefined && (inHand === undefined || inHand + cost <= LITTLE_BYTES)
  }

  #hand(next: Pending): void {
    const { word } = next
    next.handed = true
    next.handedAt = performance.now()
    // A delivery may wait for a key of its platform: it has its turn, and then holds up nobody.
    if (word.type !== 'hook') this.#count(word.channel, next, Math.max(LEAST_COST, next.bytes))
    this.#worker.post(word)
  }

  #count(channel: number, pending: Pending, bytes: number): void {
    const inHand = (this.#inHand.get(channel) ?? 0) + bytes
    if (inHand > 0) this.#inHand.set(channel, inHand)
    else this.#inHand.delete(channel)
    this.#bytesInHand += bytes
    pending.inHand += bytes
  }
}
