import { Worker } from 'node:worker_threads'
import type { ArchiveOrders, CallName, Calls, FromArchive, ToArchive } from '../../workers/archive/words.ts'
import type { Note } from '../../workers/keeping/storage-error.ts'
import { CrossChatError } from '../errors.ts'
import { threadAddress } from '../threads.ts'
import type { Archive, ArchiveBatch, EventFilter, Fence, Gap, KeptRecord, Lent, Recent } from './archive.ts'
import type { Person } from './erasures.ts'

/** Appends under way at once, and their bytes; beyond either an append is refused, and the caller leaves a gap. */
export const MAX_APPENDS = 256
export const MAX_APPEND_BYTES = 32 * 1024 * 1024
/** Pause before the thread is started again, in ms: none after the first death, doubling while it keeps dying. */
export const FIRST_PAUSE = 100
export const LONGEST_PAUSE = 5_000
/** A thread that lived this long, in ms, starts the pauses anew. */
const LIVED_WELL = 60_000

/** What the thread reads and lets go of at once: more room would only stay resident. */
const YOUNG_MB = 12
/** Many times what it holds at most. V8 lets a heap grow by less before it collects when it knows that there is an end. */
const HEAP_MB = 512

/** Of a store that is no disk of this machine. What was under way when a connection broke may stand. */
export const DATABASE_FAILED = 'The database did not take or give what was asked. Try again.'

/** Told how long it took to bring the transcripts to the disk, ms. */
export type Synced = (ms: number) => void

interface Pending {
  bytes: number
  resolve(value: Calls[CallName]['gives']): void
  reject(error: CrossChatError): void
}

/**
 * The archive, seen from the main thread: each call is a message to the archive thread. A thread that dies is started
 * again; what it had not answered is refused, and may or may not stand in the file: appending it again keeps it once.
 */
export class ArchiveClient implements Archive {
  readonly #orders: ArchiveOrders
  readonly #note: Note
  readonly #synced: Synced
  readonly #pending = new Map<number, Pending>()
  #thread: Worker | null = null
  #next = 1
  #appends = 0
  #appendBytes = 0
  #deaths = 0
  #startedAt = 0
  #restart: NodeJS.Timeout | null = null
  #stopped: (() => void) | null = null
  #closing: Promise<void> | null = null

  private constructor(orders: ArchiveOrders, note: Note, synced: Synced) {
    this.#synced = synced
    this.#orders = orders
    this.#note = note
  }

  /** Resolves when the thread is ready; throws storage_failed if it dies before, as when its folder cannot be made. */
  static async start(orders: ArchiveOrders, note: Note, synced: Synced = () => {}): Promise<ArchiveClient> {
    const client = new ArchiveClient(orders, note, synced)
    const thread = client.#start()
    await new Promise<void>((resolve, reject) => {
      thread.once('message', () => resolve())
      thread.once('exit', () => reject(new CrossChatError('storage_failed', { message: 'The archive did not start.' })))
    }).catch(async (error: unknown) => {
      await client.close()
      throw error
    })
    return client
  }

  async bytes(streamId: string): Promise<number> {
    const { bytes } = await this.#call('bytes', { streamId })
    return bytes
  }

  open(streamId: string, fence?: Fence): Promise<Calls['open']['gives']> {
    return this.#call('open', { streamId, fence })
  }

  /** The caller keeps its bytes: a copy goes over, so that a refused batch can be tried again. */
  async append(batch: ArchiveBatch): Promise<{ messages: number }> {
    if (this.#appends >= MAX_APPENDS || this.#appendBytes + batch.bytes.byteLength > MAX_APPEND_BYTES) {
      throw new CrossChatError('storage_failed', { message: 'The archive is too far behind to take more.' })
    }
    const copy = { ...batch, bytes: new Uint8Array(batch.bytes), ends: batch.ends.slice(), seqs: batch.seqs.slice() }
    return this.#call('append', { batch: copy }, copy.bytes.byteLength, [
      copy.bytes.buffer,
      copy.ends.buffer,
      copy.seqs.buffer,
    ])
  }

  async gap(streamId: string, epoch: string, gap: Gap, fence?: Fence): Promise<void> {
    await this.#call('gap', { streamId, epoch, gap, fence })
  }

  page(streamId: string, limit: number, cursor: string | null, filter: EventFilter): Promise<Calls['page']['gives']> {
    return this.#call('page', { streamId, limit, cursor, filter })
  }

  async written(streamId: string, limit: number, cursor: string | null, filter: EventFilter): Promise<Lent> {
    const utf8 = await this.#call('written', { streamId, limit, cursor, filter })
    const { buffer } = utf8
    return {
      utf8,
      back: () => this.#thread?.postMessage({ type: 'back', memory: buffer } satisfies ToArchive, [buffer]),
    }
  }

  search(
    streamId: string,
    limit: number,
    cursor: string | null,
    filter: EventFilter,
    budget: number,
  ): Promise<Calls['search']['gives']> {
    return this.#call('search', { streamId, limit, cursor, filter, budget })
  }

  figures(streamId: string): Promise<Calls['figures']['gives']> {
    return this.#call('figures', { streamId })
  }

  erase(streamId: string, person: Person): Promise<Calls['erase']['gives']> {
    return this.#call('erase', { streamId, ...person })
  }

  recent(streamId: string, events: number, bytes: number): Promise<Recent> {
    return this.#call('recent', { streamId, events, bytes })
  }

  end(streamId: string, fence?: Fence): Promise<{ messages: number }> {
    return this.#call('end', { streamId, fence })
  }

  async remove(streamId: string): Promise<void> {
    await this.#call('remove', { streamId })
  }

  async records(streamId: string, nth: number): Promise<KeptRecord[]> {
    const { records } = await this.#call('records', { streamId, nth })
    return records
  }

  async put(streamId: string, records: KeptRecord[]): Promise<void> {
    await this.#call('put', { streamId, records })
  }

  /** Resolves when all is on the disk and the thread has ended. */
  close(): Promise<void> {
    this.#closing ??= this.#stop()
    return this.#closing
  }

  #call<Name extends CallName>(
    type: Name,
    asks: Calls[Name]['asks'],
    bytes = 0,
    transfer: ArrayBufferLike[] = [],
  ): Promise<Calls[Name]['gives']> {
    const thread = this.#thread
    if (thread === null || this.#closing !== null)
      return Promise.reject(new CrossChatError('storage_failed', { message: 'The archive is not running.' }))
    const n = this.#next++
    return new Promise((resolve, reject) => {
      this.#expect(n, { bytes, resolve: resolve as Pending['resolve'], reject })
      thread.postMessage(
        { type, n, ...asks } as ToArchive,
        transfer.filter((buffer) => buffer instanceof ArrayBuffer),
      )
    })
  }

  #expect(n: number, pending: Pending): void {
    this.#pending.set(n, pending)
    this.#appends += pending.bytes > 0 ? 1 : 0
    this.#appendBytes += pending.bytes
  }

  #settle(n: number): Pending | undefined {
    const pending = this.#pending.get(n)
    if (pending === undefined) return undefined
    this.#pending.delete(n)
    this.#appends -= pending.bytes > 0 ? 1 : 0
    this.#appendBytes -= pending.bytes
    return pending
  }

  #start(): Worker {
    this.#restart = null
    this.#startedAt = performance.now()
    const thread = new Worker(threadAddress('archive'), {
      workerData: this.#orders,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: HEAP_MB },
    })
    this.#thread = thread
    thread.on('message', (word: FromArchive) => this.#hear(word))
    thread.on('error', (error) => this.#note('error', 'the archive thread failed', { err: error }))
    thread.on('exit', () => this.#ended())
    return thread
  }

  #hear(word: FromArchive): void {
    if (word.type === 'answer') this.#settle(word.n)?.resolve(word.value)
    if (word.type === 'refusal') {
      const cause = new Error(word.message)
      this.#settle(word.n)?.reject(new CrossChatError(word.code, { ...this.#said(word), cause }))
    }
    if (word.type === 'note') this.#note(word.level, word.text, word.fields)
    if (word.type === 'synced') this.#synced(word.ms)
  }

  /** What is more exact than the sentence of its code. */
  #said({ code, message }: { code: string; message: string }): { message?: string } {
    if (code === 'bad_request') return { message }
    return code === 'storage_failed' && 'url' in this.#orders ? { message: DATABASE_FAILED } : {}
  }

  #ended(): void {
    this.#thread = null
    for (const n of [...this.#pending.keys()]) {
      this.#settle(n)?.reject(new CrossChatError('storage_failed', { message: 'The archive had to be started again.' }))
    }
    if (this.#closing !== null) this.#stopped?.()
    else this.#startAgain()
  }

  #startAgain(): void {
    if (performance.now() - this.#startedAt > LIVED_WELL) this.#deaths = 0
    this.#deaths += 1
    const pause = this.#deaths === 1 ? 0 : Math.min(FIRST_PAUSE * 2 ** (this.#deaths - 2), LONGEST_PAUSE)
    this.#restart = setTimeout(() => this.#start(), pause)
  }

  async #stop(): Promise<void> {
    if (this.#restart !== null) clearTimeout(this.#restart)
    const thread = this.#thread
    if (thread === null) return
    await new Promise<void>((resolve) => {
      this.#stopped = resolve
      thread.postMessage({ type: 'stop' } satisfies ToArchive)
    })
  }
}
