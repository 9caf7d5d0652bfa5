import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Drain } from '../../server/drain.ts'
import { createLog } from '../../server/log.ts'
import { allocateQueue, monotonic, viewQueue, WORD } from '../../workers/queue/layout.ts'
import { QueueReader } from '../../workers/queue/reader.ts'
import type { RecordCursor } from '../../workers/queue/record.ts'
import { bellStamp } from './queue-bell.ts'
import { LockFreeReader } from './queue-lockfree.ts'
import type { Order, WayName, WriterStart } from './queue-writer.ts'

/** The ways from a worker to the main thread that the queue bench compares, seen from the main thread. */

export interface Way {
  /** Resolves when all of the order has been received. */
  carry(order: Order): Promise<Carried>
  end(): Promise<void>
}

export interface Carried {
  perSecond: number
  /** One way, µs, in the order of arrival; empty for an order without pace. */
  latencies: Float64Array
}

/** As `CROSSCHAT_QUEUE_BYTES` when nobody sets it. */
const RING_BYTES = 8 * 1_024 * 1_024
const WRITER = 1
const READER = 2

/** Our queue by the product's own drain: takes, walks over every head, breathes, sleeps on the bell. */
export function openRing(way: 'mutex' | 'lock-free'): Promise<Way> {
  return open(way, (worker, memory, receipt) => {
    const reader = way === 'mutex' ? new QueueReader(memory, READER) : new LockFreeReader(memory, READER)
    const note = (record: RecordCursor) => {
      receipt.record(record)
      // No channel: a record ends where the hand-off ends.
      return undefined
    }
    const drain = new Drain(() => ({ note, settle: () => {}, dispatch: () => {} }), createLog('error'))
    drain.follow({ worker, reader, owner: WRITER })
    return () => drain.stop()
  })
}

export function openMessages(): Promise<Way> {
  return open('postMessage', (worker, _memory, receipt) => {
    worker.on('message', (text: string) => receipt.message(text))
    return () => {}
  })
}

/** A sleeper that is woken and handed the time, and nothing else: the floor under every way that lets the main thread sleep. */
export function openBell(): Promise<Way> {
  return open('bell', (_worker, memory, receipt) => {
    const { words } = viewQueue(memory)
    const stamp = bellStamp(memory)
    let stopped = false
    const listen = async () => {
      for (let heard = Atomics.load(words, WORD.bell); !stopped; ) {
        const wait = Atomics.waitAsync(words, WORD.bell, heard)
        if (wait.async) await wait.value
        const rung = Atomics.load(words, WORD.bell)
        // Each order begins at 1 again; rings that came together were heard at once.
        for (let nth = rung < heard ? 0 : heard; nth < rung; nth++) receipt.rung(stamp[0] ?? 0)
        heard = rung
      }
    }
    void listen()
    return () => {
      stopped = true
      Atomics.notify(words, WORD.bell)
    }
  })
}

type Listen = (worker: Worker, memory: WriterStart['memory'], receipt: Receipt) => () => void

async function open(way: WayName, listen: Listen): Promise<Way> {
  const memory = allocateQueue(RING_BYTES)
  const received = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const workerData: WriterStart = { way, memory, owner: WRITER, received }
  const worker = new Worker(new URL('./queue-writer.js', import.meta.url), { workerData })
  await once(worker, 'online')
  const receipt = new Receipt(new Int32Array(received))
  const stop = listen(worker, memory, receipt)
  return {
    carry: (order) => {
      const carried = receipt.expect(order)
      worker.postMessage(order)
      return carried
    },
    async end() {
      stop()
      await worker.terminate()
    },
  }
}

/** How often the writing thread is told how far the main thread is. */
const TELL_EVERY = 1_000

/** Counts what arrives of one order, holds it to its numbers, and takes the time. */
class Receipt {
  readonly #progress: Int32Array
  #count = 0
  #received = 0
  #latencies = new Float64Array()
  #started = 0
  #finish: (carried: Carried) => void = () => {}
  #fail: (error: Error) => void = () => {}

  constructor(progress: Int32Array) {
    this.#progress = progress
  }

  expect(order: Order): Promise<Carried> {
    this.#count = order.count
    this.#received = 0
    this.#latencies = new Float64Array('perSecond' in order ? order.count : 0)
    Atomics.store(this.#progress, 0, 0)
    return new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#fail = reject
      this.#started = monotonic()
    })
  }

  /** Looks at what the product's ingest looks at. */
  record(record: RecordCursor): void {
    if (record.seq !== this.#received + 1 || record.channel === 0 || record.job !== 0 || record.id === 0) {
      this.#fail(new Error(`Record ${record.seq} came after record ${this.#received}.`))
    }
    if (this.#latencies.length > 0) this.#time(record.at)
    this.#receive()
  }

  rung(at: number): void {
    if (this.#latencies.length > 0) this.#time(at)
    this.#receive()
  }

  message(text: string): void {
    if (this.#latencies.length > 0) this.#time(Number(text))
    this.#receive()
    if (this.#received % TELL_EVERY === 0) Atomics.store(this.#progress, 0, this.#received)
  }

  #time(sentAt: number): void {
    this.#latencies[this.#received] = (monotonic() - sentAt) * 1_000
  }

  #receive(): void {
    if (++this.#received < this.#count) return
    const seconds = (monotonic() - this.#started) / 1_000
    this.#finish({ perSecond: this.#count / seconds, latencies: this.#latencies })
  }
}
