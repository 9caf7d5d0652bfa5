import { Worker } from 'node:worker_threads'
import type { About } from '../workers/about.ts'
import type { FromWorker, Outside, ToWorker, WorkerStart } from '../workers/control.ts'
import { allocateQueue } from '../workers/queue/layout.ts'
import { QueueReader } from '../workers/queue/reader.ts'
import { type Cause, causeOf, Deaths, TOO_MANY_FAILURES } from './death.ts'
import type { Log } from './log.ts'
import { runDelay } from './run-delay.ts'
import { SILENT_MS, Silence } from './silence.ts'
import { threadAddress } from './threads.ts'

/** One life of the worker: its thread, and the queue that lives and ends with it. */
export interface Shift {
  worker: Worker
  reader: QueueReader
  owner: number
}

export interface ShiftHooks {
  /** The thread has said ready: hand it the channels and whatever is open. */
  began(shift: Shift, platforms: About[], scenarios: { id: string; label: string }[]): void
  heard(word: FromWorker): void
  /** The thread has ended for certain. What it published still lies in the ring and must be taken now. `heardAt`: its last word, ms since 1970. */
  ended(shift: Shift, heardAt: number, cause: Cause): void
}

/** What each worker is started with. */
export interface WorkerOrders {
  ringBytes: number
  outside: Outside
}

const PING_EVERY_MS = 500
/** Time for a new thread to say ready, on a machine that is busy with other things. */
const READY_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 2_000
/** A thread that needs more ends, and the process goes on. */
const HEAP_MB = 512
/** An event lives for the way of one message: more room for the young would only stay resident. */
const YOUNG_MB = 12

/**
 * Keeps one worker alive. It acts on every end of the thread, and ends a silent one itself: first `terminate`, which is
 * certain death, only then the lock is buried. Each life gets fresh memory and owner ids that are never used again.
 */
export class Supervisor {
  readonly #orders: WorkerOrders
  readonly #hooks: ShiftHooks
  readonly #log: Log
  #shift: Shift | null = null
  #ready = false
  #stopping = false
  #nextOwner = 1
  readonly #deaths = new Deaths()
  /** Why the thread at work will have ended, when it ends. */
  #cause: Cause = 'exit'
  #restart: NodeJS.Timeout | null = null
  #watch: NodeJS.Timeout | null = null
  #ping = 0
  #answered = 0
  readonly #silence = new Silence()
  /** The system's number of the thread at work; null = not known. */
  #thread: number | null = null
  #beganAt = 0
  #heardAt = 0
  #lastLook = 0

  constructor(orders: WorkerOrders, hooks: ShiftHooks, log: Log) {
    this.#orders = orders
    this.#hooks = hooks
    this.#log = log
  }

  get ready(): boolean {
    return this.#ready
  }

  /** Lives that ended by their own fault within the last minute, when they are so many that the next one waits; else 0. */
  get failing(): number {
    const failing = this.#deaths.failing(performance.now())
    return failing < TOO_MANY_FAILURES ? 0 : failing
  }

  get shift(): Shift | null {
    return this.#shift
  }

  /** How often the thread was started again. */
  restarts = 0

  start(): void {
    this.#begin()
    this.#watch = setInterval(() => this.#look(), PING_EVERY_MS)
  }

  /** False when no thread is there to hear it; the word is not kept. */
  post(word: ToWorker): boolean {
    if (!this.#ready || this.#shift === null) return false
    this.#shift.worker.postMessage(word)
    return true
  }

  /** Asks the thread to write out what it holds and end; ends it itself when it takes too long. */
  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#watch !== null) clearInterval(this.#watch)
    if (this.#restart !== null) clearTimeout(this.#restart)
    const shift = this.#shift
    if (shift === null) return
    const exited = new Promise<void>((resolve) => shift.worker.once('exit', () => resolve()))
    this.post({ type: 'stop' })
    const deadline = setTimeout(() => void shift.worker.terminate(), STOP_WITHIN_MS)
    await exited
    clearTimeout(deadline)
  }

  #begin(): void {
    this.#restart = null
    const memory = allocateQueue(this.#orders.ringBytes)
    const owner = this.#nextOwner++
    const reader = new QueueReader(memory, this.#nextOwner++)
    const start: WorkerStart = { memory, owner, outside: this.#orders.outside }
    const worker = new Worker(threadAddress('unified'), {
      workerData: start,
      name: 'unified',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    const shift = { worker, reader, owner }
    this.#shift = shift
    this.#cause = 'exit'
    this.#beganAt = performance.now()
    this.#heardAt = Date.now()
    this.#thread = null
    this.#silence.begin(performance.now() + READY_WITHIN_MS - SILENT_MS)
    worker.on('message', (word: FromWorker) => this.#hear(shift, word))
    worker.on('error', (error) => {
      this.#cause = causeOf(error)
      this.#log.error({ err: error, why: this.#cause }, 'the unified worker failed')
    })
    worker.on('exit', (code) => this.#ended(shift, code))
  }

  #hear(shift: Shift, word: FromWorker): void {
    if (shift !== this.#shift) return
    this.#heardAt = Date.now()
    if (word.type === 'ready') {
      this.#ready = true
      this.#thread = word.thread
      this.#silence.begin(performance.now())
      this.#answered = this.#ping
      this.#hooks.began(shift, word.platforms, word.scenarios)
      return
    }
    if (word.type === 'pong') this.#answered = word.n
    if (word.type === 'done') this.#deaths.worked()
    this.#hooks.heard(word)
  }

  #ended(shift: Shift, code: number): void {
    if (shift !== this.#shift) return
    const held = shift.reader.bury(shift.owner)
    this.#ready = false
    this.#hooks.ended(shift, this.#heardAt, this.#cause)
    shift.reader.stop()
    this.#shift = null
    if (this.#stopping) return
    this.restarts++
    const why = this.#cause
    const pause = this.#deaths.pauseAfter(why, this.#beganAt, performance.now())
    this.#log.warn({ code, why, heldLock: held, pause }, 'the unified worker ended; starting the next one')
    if (this.failing > 0) this.#log.error({ failures: this.failing }, 'the unified worker fails again and again')
    if (pause === 0) this.#begin()
    else this.#restart = setTimeout(() => this.#begin(), pause)
  }

  /** Looks at its own lateness first: when the whole process stood still, the thread is not to blame. */
  #look(): void {
    const now = performance.now()
    const late = this.#lastLook !== 0 && now - this.#lastLook > 3 * PING_EVERY_MS
    this.#lastLook = now
    if (this.#shift === null) return
    const delay = runDelay(this.#thread)
    if (late || (this.#ready && this.#answered === this.#ping)) this.#silence.broken(now, delay)
    if (this.#silence.tooLong(now, delay)) {
      this.#cause = 'silent'
      this.#log.error({ silentMs: Math.round(this.#silence.for(now)) }, 'the unified worker is silent; ending it')
      void this.#shift.worker.terminate()
      return
    }
    if (this.#ready && this.#answered === this.#ping) this.post({ type: 'ping', n: ++this.#ping })
  }
}
