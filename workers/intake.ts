import type { FromWorker, OpenChannel } from './control.ts'
import { fingerprint } from './fingerprint.ts'
import type { Broadcast } from './followed.ts'
import type { HookJob, Job, Outcome, Refusal, SampleRequest } from './job.ts'
import type { Draft } from './message.ts'
import {
  BadPayload,
  type Context,
  type Normalised,
  type Payload,
  type Platform,
  type Pushed,
  type SampleFields,
} from './platforms/platform.ts'
import type { Publisher } from './publish.ts'
import {
  aim,
  forgetRemoval,
  goOnAir,
  type Room,
  removalOf,
  roomOf,
  ruledOut,
  showTwin,
  twinRemoved,
  twinShown,
} from './room.ts'
import { type Ruled, type Trial, type TrialVerdict, UNRULED } from './ruled.ts'
import { judge, Prepared, prepareRules } from './rules.ts'
import { trialDraft } from './trial.ts'

/** As many as take less than a millisecond. */
const PAYLOADS_A_STEP = 32
const NOTHING_PUBLISHED: Map<number, number> = new Map()
/** Letters told of a flaw. */
const MAX_FLAW = 300

/** What became of the drafts of one job. */
interface Tally {
  accepted: { id: string; seq: number }[]
  duplicates: number
  /** Their fingerprints, but of those that are known by another id. */
  repeated: number[]
  ignored: string[]
  /** Ids of originals, for what comes out of a shared chat. */
  originals?: Map<Draft, string>
}

/** What may be done to a draft before the rules see it: third-party emotes are put in here. */
export type Dress = (channel: number, platform: string, draft: Draft) => void

/** What became of a payload that a connector brought. */
export interface Brought {
  accepted: number
  duplicates: number
  /** The last seq given in the channel. */
  seq: number
  /** Nothing more should be brought for now. */
  full: boolean
}

/** The one entrance: turns jobs into placed events. Live, pushed and simulated payloads all pass here. */
export class Intake {
  readonly #platforms: ReadonlyMap<string, Platform>
  readonly #publisher: Publisher
  readonly #answer: (word: FromWorker) => void
  readonly #dress: Dress
  readonly #rooms = new Map<number, Room>()

  constructor(
    platforms: readonly Platform[],
    publisher: Publisher,
    answer: (word: FromWorker) => void,
    dress: Dress = () => {},
  ) {
    this.#platforms = new Map(platforms.map((platform) => [platform.about.id, platform]))
    this.#publisher = publisher
    this.#answer = answer
    this.#dress = dress
  }

  open(word: OpenChannel): void {
    this.#rooms.set(word.channel, roomOf(word))
  }

  setRules(channel: number, rules: Ruled): void {
    const room = this.#rooms.get(channel)
    if (room !== undefined) room.prepared = new Prepared(rules)
  }

  /** What the rules would do with a message that nobody wrote. Nothing is published or remembered. */
  try(channel: number, trial: Trial): TrialVerdict {
    const ruling = this.#rooms.get(channel)?.prepared.ruling ?? prepareRules(UNRULED)
    const draft = trialDraft(trial)
    for (const platform of this.#platforms.keys()) this.#dress(channel, platform, draft)
    const rules = trial.rules === null ? ruling : prepareRules({ ...trial.rules, people: ruling.rules.people })
    const verdict = judge(draft, rules)
    if (verdict === undefined) return { rule: null, action: 'show', found: null }
    return { rule: verdict.rule, action: verdict.action, found: verdict.found ?? null }
  }

  close(channel: number): void {
    this.#rooms.delete(channel)
  }

  /** Answers `done` once every event of the job lies in the ring, or why none was taken. Gives how many were new; null = refused. */
  take(job: Exclude<Job, HookJob>): number | null {
    const steps = this.steps(job)
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
    }
  }

  /** The same in pieces of so many payloads, between which other channels may be taken. A refused job has one piece. */
  *steps(job: Exclude<Job, HookJob>, payloads = PAYLOADS_A_STEP): Generator<void, number | null, void> {
    const room = this.#rooms.get(job.channel)
    if (room === undefined) {
      this.#refuse(job, 'queue_full', 'The channel was being closed. Nothing of this request was taken; send it again.')
      return null
    }
    if (this.#publisher.full && job.published === undefined) {
      this.#refuse(job, 'queue_full', 'The queue is full. Nothing of this request was taken; send it again later.')
      return null
    }
    const tally: Tally = { accepted: [], duplicates: 0, repeated: [], ignored: [] }
    try {
      yield* this.#placing(room, job, tally, payloads)
    } catch (error) {
      if (!(error instanceof BadPayload)) throw error
      this.#refuse(job, 'bad_payload', error.message)
      return null
    }
    const { accepted, duplicates, repeated, ignored } = tally
    const outcome: Outcome = { ok: true, accepted, duplicates, repeated, ignored, seq: room.seq }
    this.#publisher.whenWritten(() => this.#answer({ type: 'done', job: job.job, outcome }))
    return accepted.length
  }

  /** The last seq given in a channel; 0 when it is not open. */
  seqOf(channel: number): number {
    return this.#rooms.get(channel)?.seq ?? 0
  }

  /**
   * What a connector brings, outside of any job. It is taken even when the line is full, since the platform does not send it
   * again: whoever brings it stops reading until `whenRoom`. What this platform does not send is ignored.
   */
  bring(channel: number, platform: string, pushed: Pushed, context: Context): Brought {
    const room = this.#rooms.get(channel)
    const known = this.#platforms.get(platform)
    const tally: Tally = { accepted: [], duplicates: 0, repeated: [], ignored: [] }
    if (room === undefined || known === undefined) return { accepted: 0, duplicates: 0, seq: 0, full: false }
    try {
      const drafts = this.#normaliseAll(known, known.read(pushed.body, pushed.headers), context, tally, channel)
      this.#placeAll(room, drafts, 0, NOTHING_PUBLISHED, tally)
    } catch (error) {
      if (!(error instanceof BadPayload)) throw error
    }
    this.#publisher.flush()
    const { accepted, duplicates } = tally
    return { accepted: accepted.length, duplicates, seq: room.seq, full: this.#publisher.full }
  }

  /** Calls back once everything that is held back has gone into the ring. */
  whenRoom(room: () => void): void {
    this.#publisher.whenWritten(room)
  }

  /** Ends a job without events of its own. */
  finish(job: Job, outcome: Outcome): void {
    this.#answer({ type: 'done', job: job.job, outcome })
  }

  /** One simulated message, outside of any job: nobody waits for its outcome. */
  simulate(channel: number, platform: string, fields: SampleRequest, delivery: string, at: number): void {
    const room = this.#rooms.get(channel)
    const known = this.#platforms.get(platform)
    if (room === undefined || known === undefined) return
    const tally: Tally = { accepted: [], duplicates: 0, repeated: [], ignored: [] }
    const drafts = this.#samples(known, { ...fields, id: delivery, at }, { receivedAt: at, delivery }, tally)
    this.#placeAll(room, drafts, 0, NOTHING_PUBLISHED, tally)
    this.#publisher.flush()
  }

  #refuse(job: Job, code: Refusal, message: string): void {
    this.finish(job, { ok: false, code, message })
  }

  /** Throws BadPayload only before the first event has its place. */
  *#placing(room: Room, job: Exclude<Job, HookJob>, tally: Tally, atOnce: number): Generator<void, void, void> {
    const published = new Map(job.published?.map(({ fingerprint, seq }) => [fingerprint, seq]))
    const place = (drafts: Draft[]) => this.#placeAll(room, drafts, job.job, published, tally)
    if (job.type === 'event') return place([job.draft])
    const platform = this.#platforms.get(job.platform)
    if (platform === undefined) throw new BadPayload(0, `there is no platform "${job.platform}".`)
    const context = { receivedAt: job.receivedAt, delivery: job.delivery }
    if (job.type === 'sample')
      return place(this.#samples(platform, { ...job.fields, id: job.delivery, at: job.receivedAt }, context, tally))
    const payloads = platform.read(job.body, job.headers)
    for (let at = 0; at < payloads.length; at += atOnce) {
      if (at > 0) yield
      // The rules may change between two pieces, and again while they are prepared.
      for (room.prepared.step(); !room.prepared.ready; room.prepared.step()) yield
      place(this.#normaliseAll(platform, payloads.slice(at, at + atOnce), context, tally, job.channel))
    }
  }

  #placeAll(room: Room, drafts: Draft[], job: number, published: Map<number, number>, tally: Tally): void {
    for (const draft of drafts) {
      const mark = fingerprint(draft.id)
      const before = published.get(mark)
      if (before !== undefined) {
        published.delete(mark)
        tally.accepted.push({ id: draft.id, seq: before })
      } else if (room.seen.has(mark) || twinShown(room, draft, tally.originals?.get(draft))) {
        tally.duplicates++
        tally.repeated.push(mark)
      } else this.#place(room, draft, mark, job, tally)
    }
  }

  #place(room: Room, draft: Draft, mark: number, job: number, tally: Tally): void {
    const original = tally.originals?.get(draft)
    if (draft.kind === 'remove') aim(room, draft, original)
    this.#dress(room.channel, draft.platform, draft)
    const twinGone = twinRemoved(room, mark, original)
    const hidden = twinGone || room.removedEarly.has(mark) ? 'removed' : ruledOut(draft, room)
    if (hidden !== undefined) draft.hidden = hidden
    if (draft.kind === 'restore' && draft.released) goOnAir(draft, room.seq + 1)
    const seq = this.#publisher.publish(room, draft, mark, job)
    if (seq === 0) {
      tally.ignored.push(`${draft.id.slice(0, 100)} is larger than one event may be.`)
      return
    }
    room.seen.add(mark)
    if (draft.kind !== 'remove' && original !== undefined) showTwin(room, draft.id, original)
    if (draft.kind === 'restore') forgetRemoval(room, draft)
    tally.accepted.push({ id: draft.id, seq })
    if (twinGone && draft.kind !== 'remove') this.#placeAll(room, [removalOf(draft)], job, NOTHING_PUBLISHED, tally)
  }

  #samples(platform: Platform, fields: SampleFields, context: Context, tally: Tally): Draft[] {
    const { body, headers } = platform.sample(fields)
    const drafts = this.#normaliseAll(platform, platform.read(body, headers), context, tally)
    for (const draft of drafts) draft.simulated = true
    return drafts
  }

  /** `channel`: whose broadcast begins or ends when a payload says so, and whose messages may have twins; absent for samples. */
  #normaliseAll(
    platform: Platform,
    payloads: readonly Payload[],
    context: Context,
    tally: Tally,
    channel?: number,
  ): Draft[] {
    const drafts: Draft[] = []
    const news: Broadcast[] = []
    for (const payload of payloads) {
      const { events, ignored, broadcast, original } = this.#normalise(platform, payload, context)
      if (broadcast !== undefined) news.push(broadcast)
      for (const event of events) {
        drafts.push(event)
        // Two samples that are alike are two.
        if (original === undefined || channel === undefined) continue
        tally.originals ??= new Map()
        tally.originals.set(event, original)
      }
      for (const reason of ignored) tally.ignored.push(reason)
    }
    if (channel !== undefined) for (const each of news) this.#tell(channel, platform, each)
    return drafts
  }

  #tell(channel: number, { about }: Platform, broadcast: Broadcast): void {
    this.#answer({ type: 'broadcast', channel, platform: about.id, broadcast })
  }

  /** A platform's code threw what it must not: told, so that it can be mended. */
  flaw(platform: string, error: unknown, item = 0): void {
    this.#answer({ type: 'flaw', platform, item, error: String(error).slice(0, MAX_FLAW) })
  }

  /** A normaliser promises not to throw; if it does, one item is lost and told, not the thread. */
  #normalise(platform: Platform, payload: Payload, context: Context): Normalised {
    try {
      return platform.normalise(payload, context)
    } catch (error) {
      this.flaw(platform.about.id, error, payload.item)
      return { events: [], ignored: [`Item ${payload.item}: could not be read.`] }
    }
  }
}
