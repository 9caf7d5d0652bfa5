import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { deserialize, serialize } from 'node:v8'
import workerThreads from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerStart } from '../../workers/control.ts'
import { Intake } from '../../workers/intake.ts'
import { twitch } from '../../workers/platforms/twitch/index.ts'
import { Publisher } from '../../workers/publish.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'
import { Rota } from '../../workers/rota.ts'
import type { Clock } from './clock.ts'
import { Died, Mortal } from './mortal.ts'

/** So few that many jobs are done in pieces. */
const PAYLOADS_A_STEP = 2

/** What a thread says of itself to whoever drives it. */
export interface Threads {
  began(thread: Thread): void
}

/** From now on the server's threads are these. Returns what gives Node's own back. */
export function installThreads(threads: Threads, clock: Clock): () => void {
  const { Worker } = workerThreads
  class Driven extends Thread {
    constructor(_: URL, { workerData }: { workerData: WorkerStart }) {
      super(workerData, clock)
      threads.began(this)
    }
  }
  Reflect.set(workerThreads, 'Worker', Driven)
  syncBuiltinESMExports()
  return () => {
    workerThreads.Worker = Worker
    syncBuiltinESMExports()
  }
}

/**
 * The unified worker in the same thread, as `workers/unified.worker.ts` puts it together: one word is heard or said at a time, when it is
 * told to, and it may die at any step of a write.
 */
export class Thread extends EventEmitter {
  readonly inbox: ToWorker[] = []
  readonly outbox: FromWorker[] = []
  readonly #clock: Clock
  readonly #ground = new Mortal(() => this.#die())
  readonly #writer: QueueWriter
  readonly #publisher: Publisher
  readonly #intake: Intake
  readonly #rota = new Rota((job, act) => this.#named(job, act))
  dead = false
  gone = false
  /** It ended because it was asked to. */
  asked = false

  constructor({ memory, owner }: WorkerStart, clock: Clock) {
    super()
    this.#clock = clock
    const say = (word: FromWorker) => this.outbox.push(cloned(word))
    this.#writer = new QueueWriter(memory, owner, this.#ground)
    this.#publisher = new Publisher(this.#writer, [twitch.about.id])
    this.#intake = new Intake([twitch], this.#publisher, say)
    say({ type: 'ready', platforms: [twitch.about], scenarios: [], thread: null })
  }

  postMessage(word: ToWorker): void {
    if (!this.dead) this.inbox.push(cloned(word))
  }

  async terminate(): Promise<number> {
    if (!this.dead) this.#die()
    return 1
  }

  /** It dies after so many more steps. */
  dieAfter(steps: number): void {
    this.#ground.left = steps
  }

  /** Takes the next word. */
  hear(): void {
    const word = this.inbox.shift()
    if (word !== undefined) this.#run(() => this.#take(word))
  }

  /** It is in the middle of a job. */
  get busy(): boolean {
    return !this.dead && this.#rota.busy
  }

  /** Takes the next piece of a job. */
  goOn(): void {
    this.#run(() => this.#rota.step())
  }

  /** A connector's payload, outside of any job. */
  bring(channel: number, body: string, receivedAt: number): void {
    const context = { receivedAt, delivery: 'brought' }
    this.#run(() => this.#intake.bring(channel, twitch.about.id, { body, headers: {} }, context))
  }

  /** What it holds back is full: its connectors do not read. */
  get full(): boolean {
    return this.#publisher.full
  }

  /** Its next word is heard. */
  speak(): void {
    const word = this.outbox.shift()
    if (word !== undefined) this.emit('message', word)
  }

  /** What it said last may be lost with it, unless it ended by itself. */
  exit(heard: number): void {
    const said = this.outbox.splice(0)
    for (const word of this.asked ? said : said.slice(0, heard)) this.emit('message', word)
    this.gone = true
    this.emit('exit', 1)
  }

  #run(act: () => void): void {
    if (this.dead) return
    try {
      this.#clock.as('worker', act)
    } catch (error) {
      if (!(error instanceof Died)) throw error
    }
  }

  #take(word: ToWorker): void {
    if (word.type === 'push' || word.type === 'event') this.#work(word)
    else if (word.type === 'open') this.#intake.open(word)
    else if (word.type === 'rules') this.#intake.setRules(word.channel, word.rules)
    else if (word.type === 'close') this.#intake.close(word.channel)
    else if (word.type === 'ping') this.outbox.push({ type: 'pong', n: word.n, held: this.#publisher.held })
    else if (word.type === 'stop') this.#stop()
  }

  #work(word: Extract<ToWorker, { type: 'push' | 'event' }>): void {
    const { busy } = this.#rota
    this.#rota.add(word, this.#intake.steps(word, PAYLOADS_A_STEP))
    if (!busy) this.#rota.step()
  }

  #named<R>(job: number, act: () => R): R {
    this.#writer.nameJob(job)
    const outcome = act()
    this.#writer.nameJob(0)
    return outcome
  }

  #stop(): void {
    while (this.#rota.busy) this.#rota.step()
    this.#publisher.whenWritten(() => this.#end())
  }

  #end(): void {
    this.asked = true
    this.#die()
  }

  #die(): void {
    this.dead = true
    this.#ground.left = 0
    this.inbox.length = 0
    this.#clock.drop('worker')
  }
}

/** What crosses between threads is a copy; this one costs less than `structuredClone`. */
function cloned<W>(word: W): W {
  return deserialize(serialize(word))
}
