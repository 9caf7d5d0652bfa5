import { randomBytes } from 'node:crypto'
import type { About } from '../workers/about.ts'
import type { FromWorker, Outside, ToWorker } from '../workers/control.ts'
import type { Job, Outcome, RunOrder } from '../workers/job.ts'
import { FLAG, type RecordCursor } from '../workers/queue/record.ts'
import type { Ruled } from '../workers/ruled.ts'
import type { Cause } from './death.ts'
import { Entries, type Entry, reached } from './entries.ts'
import { CrossChatError } from './errors.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type Pending, PendingJobs } from './pending-jobs.ts'
import type { Quarantine } from './quarantine.ts'
import type { RemovedIds } from './removed-ids.ts'
import { type Shift, Supervisor } from './supervisor.ts'

/** A job during which the worker died so often is set aside. */
const DEATHS_TO_QUARANTINE = 2
const RETRY_AFTER_S = 1
/** So long after records of several channels, ms, one that floods is taken to be not alone. */
const MIXED_FOR_MS = 1_000
/** The worker names a source in hand as a negative number; read back without a sign. */
const SOURCES_FROM = 2 ** 31
const WORDS_END = 2 ** 32

const SOURCE_WORDS = ['source', 'facts', 'gap', 'broadcast', 'named', 'unnamed'] as const
export type SourceWord = Extract<FromWorker, { type: (typeof SOURCE_WORDS)[number] }>

function isSourceWord(word: FromWorker): word is SourceWord {
  return SOURCE_WORDS.some((type) => type === word.type)
}

/** Follows the ring of each life of the worker. */
export interface Follower {
  follow(shift: Shift): void
  /** Takes all that is left, now. */
  finish(shift: Shift): void
}

/** What a channel showed before it was opened. */
export interface Known {
  /** Fingerprints of ids that count as shown already, oldest first. */
  marks: Iterable<number>
  /** The last seq of them. */
  seq: number
  removed: RemovedIds
}

/** What a caller submits; the rest of the job is given here. */
export type Work = Job extends infer J
  ? J extends Job
    ? Omit<J, 'job' | 'channel' | 'receivedAt' | 'delivery'>
    : never
  : never

/** Feeds the worker, keeps what it has not acknowledged, and hands that to the next one when it dies. */
export class Ingest {
  readonly #supervisor: Supervisor
  readonly #log: Log
  readonly #metrics: Metrics
  readonly #quarantine: Quarantine
  readonly #follower: Follower
  readonly #entries = new Entries()
  readonly #jobs: PendingJobs
  readonly #runs = new Map<string, RunOrder>()
  readonly #boot = randomBytes(6).toString('hex')
  /** Events of followed sources since they were last counted, by their platform's place in a record. */
  readonly #live: number[] = []
  /** The channel of the newest record, and when that last was another than of the one before, ms of the process's clock. */
  #newest: Entry | undefined
  #mixedAt = Number.NEGATIVE_INFINITY
  #nextJob = 1
  #held = 0
  #began: (() => void) | null = null
  platforms: About[] = []
  scenarios: { id: string; label: string }[] = []
  /** Told of a run's progress. */
  onRun: (id: string, made: number, finished: boolean) => void = () => {}
  /** Told when a worker is at work: whoever had it do something on and on asks the new one to do it. */
  onBegan: () => void = () => {}
  /** Told of each word that is about a followed source. */
  onSource: (word: SourceWord) => void = () => {}
  /** The answer to a trial. */
  onTried: (word: Extract<FromWorker, { type: 'tried' }>) => void = () => {}
  /** The worker is dead; `heardAt`: when its last word came, ms. Told before `onSuspect`. */
  onEnded: (heardAt: number) => void = () => {}
  /** The worker died while it had a payload of this source in hand. */
  onSuspect: (source: number) => void = () => {}

  constructor(parts: {
    ringBytes: number
    outside: Outside
    follower: Follower
    quarantine: Quarantine
    log: Log
    metrics: Metrics
  }) {
    this.#log = parts.log
    this.#metrics = parts.metrics
    this.#quarantine = parts.quarantine
    this.#follower = parts.follower
    this.#supervisor = new Supervisor(
      { ringBytes: parts.ringBytes, outside: parts.outside },
      {
        began: (shift, platforms, scenarios) => this.#begin(shift, platforms, scenarios),
        heard: (word) => this.#hear(word),
        ended: (...death) => this.#end(...death),
      },
      parts.log,
    )
    this.#jobs = new PendingJobs(this.#supervisor, () => performance.now() - this.#mixedAt < MIXED_FOR_MS)
  }

  /** Resolves when the worker has introduced itself. */
  async start(): Promise<void> {
    const began = new Promise<void>((resolve) => {
      this.#began = resolve
    })
    this.#supervisor.start()
    await began
  }

  /** What was taken is handed over before the worker is asked to end. */
  async stop(): Promise<void> {
    this.#jobs.handOver(Number.POSITIVE_INFINITY)
    await this.#supervisor.stop()
    this.#jobs.refuseAll('stopping')
  }

  get ready(): boolean {
    return this.#supervisor.ready
  }

  /** Why nothing can be taken in right now, as a sentence; null = it can. */
  get trouble(): string | null {
    if (this.#supervisor.ready) return null
    const { failing } = this.#supervisor
    return failing === 0
      ? 'the worker is being started'
      : `the worker ended ${failing} times within a minute; the next one starts within seconds`
  }

  /** The worker's life right now, for figures and for tests that end it. */
  get shift(): Shift | null {
    return this.#supervisor.shift
  }

  get figures(): { pending: number; held: number; restarts: number; channels: number } {
    return {
      pending: this.#jobs.size,
      held: this.#held,
      restarts: this.#supervisor.restarts,
      channels: this.#entries.size,
    }
  }

  channel(id: string): Entry | undefined {
    return this.#entries.get(id)
  }

  /** The channel that the worker knows by this number. */
  numbered(number: number): Entry | undefined {
    return this.#entries.numbered(number)
  }

  /** Every channel that is open. */
  entries(): Iterable<Entry> {
    return this.#entries.all()
  }

  /** Opens a channel in a new epoch. */
  open(id: string, rules: Ruled, { marks = [], seq = 0, removed }: Partial<Known> = {}): Entry {
    const known = this.#entries.get(id)
    if (known !== undefined) return known
    const entry = this.#entries.open(id, rules, marks, seq, removed)
    this.#postOpen(entry)
    return entry
  }

  /** What the change does not name stays. */
  setRules(id: string, change: Partial<Ruled>): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    entry.rules = { ...entry.rules, ...change }
    this.#supervisor.post({ type: 'rules', channel: entry.number, rules: entry.rules })
  }

  /** Forgets a channel; its next opening is a new epoch. Call it only when nothing of it is pending. */
  close(id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    this.#entries.close(entry)
    this.#supervisor.post({ type: 'close', channel: entry.number })
  }

  /** Resolves when every event of it lies in the ring. Throws queue_full, bad_payload, stopping. */
  submit(entry: Entry, work: Work): Promise<Outcome & { ok: true }> {
    const bytes = 'body' in work ? work.body.length : 'bytes' in work ? work.bytes.length : 0
    const job = this.#nextJob++
    const word: Job = { ...work, job, channel: entry.number, receivedAt: Date.now(), delivery: `${this.#boot}-${job}` }
    const taken = this.#jobs.take(word, bytes)
    if (taken !== null) return taken
    this.#metrics.refusedTotal.inc()
    return Promise.reject(new CrossChatError('queue_full', { retryAfter: RETRY_AFTER_S }))
  }

  /** A word to the worker at work; one that is being started does not hear it, see `onBegan`. */
  post(word: ToWorker): void {
    this.#supervisor.post(word)
  }

  run(order: RunOrder): void {
    this.#runs.set(order.id, order)
    this.#supervisor.post({ type: 'run', run: order })
  }

  cancelRun(id: string): void {
    if (this.#runs.delete(id)) this.#supervisor.post({ type: 'cancel', run: id })
  }

  /** A record has come out of the ring. Gives its channel, or undefined when that has been closed. */
  note(record: RecordCursor): Entry | undefined {
    const entry = this.#entries.numbered(record.channel)
    if (record.job !== 0) this.#jobs.of(record.job)?.published.push({ fingerprint: record.id, seq: record.seq })
    else if ((record.flags & FLAG.simulated) === 0) this.#live[record.platform] = (this.#live[record.platform] ?? 0) + 1
    if (entry === undefined) {
      this.#metrics.droppedTotal.inc({ reason: 'channel_closed' })
      return undefined
    }
    if (entry !== this.#newest) {
      this.#newest = entry
      this.#mixedAt = performance.now()
    }
    if (record.seq !== entry.seq + 1) this.#outOfOrder(entry, record.seq)
    entry.seq = record.seq
    entry.marks.add(record.id)
    entry.removed.note(record)
    return entry
  }

  /** A promise is broken. The event goes on its way all the same. */
  #outOfOrder(entry: Entry, seq: number): void {
    this.#metrics.invariantViolationsTotal.inc({ which: 'order' })
    this.#log.error({ channel: entry.id, after: entry.seq, seq }, 'an event came out of its order')
  }

  #begin(shift: Shift, platforms: About[], scenarios: { id: string; label: string }[]): void {
    this.platforms = platforms
    this.scenarios = scenarios
    this.#follower.follow(shift)
    for (const entry of this.#entries.all()) this.#postOpen(entry)
    for (const word of this.#jobs.again()) shift.worker.postMessage(word)
    for (const run of this.#runs.values()) shift.worker.postMessage({ type: 'run', run })
    this.#jobs.handOver()
    this.onBegan()
    this.#began?.()
  }

  #postOpen(entry: Entry): void {
    const { number, seq, removed, marks, rules } = entry
    this.#supervisor.post({
      type: 'open',
      channel: number,
      seq,
      removed: removed.list(),
      seen: marks.list(),
      rules,
    })
  }

  #hear(word: FromWorker): void {
    if (word.type === 'done') this.#done(word.job, word.outcome)
    else if (word.type === 'run') this.#progress(word.id, word.made, word.finished)
    else if (word.type === 'pong') this.#pong(word.held)
    else if (isSourceWord(word)) this.onSource(word)
    else if (word.type === 'tried') this.onTried(word)
    else if (word.type === 'flaw') this.#flaw(word)
  }

  #flaw(word: Extract<FromWorker, { type: 'flaw' }>): void {
    this.#metrics.droppedTotal.inc({ reason: 'flaw' })
    this.#log.error(word, 'a normaliser threw; the item was left out')
  }

  #pong(held: number): void {
    this.#held = held
    this.#countLive()
  }

  /** What sources brought belongs to no job; counted here, and not event by event. */
  #countLive(): void {
    this.#live.forEach((events, place) => {
      const platform = this.platforms[place - 1]?.id
      if (platform !== undefined && events > 0) this.#metrics.ingestTotal.inc({ platform }, events)
    })
    this.#live.length = 0
  }

  #done(job: number, outcome: Outcome): void {
    const pending = this.#jobs.forget(job)
    if (pending === undefined) return
    if (outcome.ok) {
      void this.#whenOut(pending, outcome.accepted.at(-1)?.seq ?? 0).then(() => this.#jobs.release(pending))
      pending.resolve(outcome)
      return
    }
    this.#jobs.release(pending)
    const full = outcome.code === 'queue_full'
    if (full) this.#metrics.refusedTotal.inc()
    pending.reject(
      new CrossChatError(outcome.code, { message: outcome.message, ...(full && { retryAfter: RETRY_AFTER_S }) }),
    )
  }

  #whenOut({ word }: Pending, seq: number): Promise<void> {
    const entry = this.#entries.numbered(word.channel)
    return entry === undefined ? Promise.resolve() : reached(entry, seq)
  }

  #progress(id: string, made: number, finished: boolean): void {
    const run = this.#runs.get(id)
    if (run !== undefined) run.from = made
    if (finished) this.#runs.delete(id)
    this.onRun(id, made, finished)
  }

  /** The thread is dead: first everything it published is taken, so that what is handed over again is only the rest. */
  #end(shift: Shift, heardAt: number, cause: Cause): void {
    this.#follower.finish(shift)
    this.#countLive()
    this.#metrics.workerRestartsTotal.inc({ cause })
    this.onEnded(heardAt)
    const inHand = shift.reader.job
    if (inHand >= SOURCES_FROM) this.onSuspect(WORDS_END - inHand)
    const suspect = this.#jobs.of(inHand)
    if (suspect === undefined) return
    suspect.deaths++
    if (suspect.deaths < DEATHS_TO_QUARANTINE) return
    this.#jobs.forget(suspect.word.job)
    this.#jobs.release(suspect)
    this.#metrics.droppedTotal.inc({ reason: 'quarantined' })
    this.#quarantine.keep(suspect.word)
    suspect.reject(new CrossChatError('bad_payload', { message: 'The payload could not be read and was set aside.' }))
  }
}
