import { setTimeout as pause } from 'node:timers/promises'
import type { About } from '../workers/about.ts'
import type { FromWorker, ToWorker } from '../workers/control.ts'
import { fingerprint } from '../workers/fingerprint.ts'
import type { HookJob, Outcome, SampleRequest } from '../workers/job.ts'
import type { Draft } from '../workers/message.ts'
import type { Ruled, Trial, TrialVerdict } from '../workers/ruled.ts'
import type { Archivist } from './archivist.ts'
import { type Entry, reached, seqsOf } from './entries.ts'
import { CrossChatError } from './errors.ts'
import type { HookReceipt, LineDoor, Receipt } from './house.ts'
import type { Ingest, Work } from './ingest.ts'
import type { KeptMarks } from './kept-marks.ts'
import type { Metrics } from './metrics.ts'
import { Questions } from './questions.ts'
import { type ActHead, RemovedIds } from './removed-ids.ts'
import type { Channels } from './stores/accounts.ts'
import type { People } from './stores/moderation.ts'

export interface LineStores {
  channels: Pick<Channels, 'byId'>
  people: Pick<People, 'byChannel'>
}

/** What a channel showed before, as its transcript knows it. */
export interface Before {
  /** Ids of events that count as shown already. */
  ids: string[]
  /** The newest of them, in their order. */
  heads: readonly ActHead[]
  /** The last seq of them. */
  seq: number
}
/** Of what platforms deliver: so long its answer waits until it is shown and archived, ms. */
const HOOK_WAITS_MS = 150

const NOTHING_BEFORE: Before = { ids: [], heads: [], seq: 0 }

/** The right to run a channel, and what it showed before, wherever that was. */
export interface Claim extends Before {
  /** Fingerprints of what counts as shown. */
  marks: number[]
  opened(entry: Entry): void
  /** The channel could not be opened. */
  drop(): Promise<void>
}

/** The way in, whole: what is handed over here is answered once it is on its way to the screen and, in a stream, kept. */
export class Line implements LineDoor {
  readonly #ingest: Ingest
  readonly #archivist: Archivist
  readonly #stores: LineStores
  readonly #metrics: Metrics
  readonly #marks: Pick<KeptMarks, 'read' | 'keep'>
  readonly #trials: Questions<Extract<ToWorker, { type: 'try' }>, Extract<FromWorker, { type: 'tried' }>>
  readonly #opening = new Map<string, Promise<Entry>>()
  /** What is still being kept of what a payload told besides its events; it is answered for, too. Undefined = nothing. */
  settled: (channelId: string) => Promise<void> | undefined = () => undefined
  /** Of several nodes, asked before this one opens a channel. Throws when it must not. */
  claim: ((channelId: string) => Promise<Claim>) | null = null

  constructor(
    ingest: Ingest,
    archivist: Archivist,
    stores: LineStores,
    marks: Pick<KeptMarks, 'read' | 'keep'>,
    metrics: Metrics,
  ) {
    this.#ingest = ingest
    this.#marks = marks
    this.#archivist = archivist
    this.#stores = stores
    this.#metrics = metrics
    this.#trials = new Questions((question) => ingest.post(question))
    ingest.onTried = (word) => this.#trials.hear(word)
  }

  platforms(): About[] {
    return this.#ingest.platforms
  }

  scenarios(): { id: string; label: string }[] {
    return this.#ingest.scenarios
  }

  /** The channel on the line, opened when it is not. */
  open(channelId: string, before: Before = NOTHING_BEFORE): Promise<Entry> {
    const known = this.#ingest.channel(channelId)
    if (known !== undefined) return Promise.resolve(known)
    const opening = this.#opening.get(channelId) ?? this.#open(channelId, before)
    this.#opening.set(channelId, opening)
    return opening
  }

  async push(channelId: string, platform: string, body: string, headers: Record<string, string>): Promise<Receipt> {
    this.#known(platform)
    return this.#submit(channelId, { type: 'push', platform, body, headers }, platform)
  }

  async sample(channelId: string, platform: string, fields: SampleRequest): Promise<Receipt> {
    this.#known(platform)
    return this.#submit(channelId, { type: 'sample', platform, fields }, platform)
  }

  async event(channelId: string, draft: Draft): Promise<Receipt> {
    return this.#submit(channelId, { type: 'event', draft }, draft.platform)
  }

  async hook(
    channelId: string,
    platform: string,
    delivery: Pick<HookJob, 'bytes' | 'headers' | 'source'>,
  ): Promise<HookReceipt> {
    this.#known(platform)
    const entry = await this.open(channelId)
    const outcome = await this.#submitted(entry, { type: 'hook', platform, ...delivery }, platform)
    await this.settled(channelId)
    // Who is answered does not send it again. A disk that takes longer is not waited for: platforms are not patient.
    const late = pause(HOOK_WAITS_MS, undefined, { ref: false })
    if (outcome.accepted.length > 0) await Promise.race([this.#onItsWay(entry, outcome), late])
    return { reply: outcome.reply ?? null, foreign: outcome.foreign ?? false, ended: outcome.ended ?? null }
  }

  /** A channel that is being opened may have read what stood before. */
  async rulesChanged(channelId: string, change: Partial<Ruled>): Promise<void> {
    await this.#opening.get(channelId)?.catch(() => undefined)
    this.#ingest.setRules(channelId, change)
  }

  async try(channelId: string, trial: Trial): Promise<TrialVerdict> {
    const { number } = await this.open(channelId)
    const { verdict } = await this.#trials.ask((ask) => ({ type: 'try', ask, channel: number, trial }))
    return verdict
  }

  /** Nobody is answered any more. */
  stop(): void {
    this.#trials.stop()
  }

  async #open(channelId: string, before: Before): Promise<Entry> {
    let claim: Claim | null = null
    try {
      // Before its rules are read: whoever runs it until then may change them.
      claim = (await this.claim?.(channelId)) ?? null
      return await this.#openAs(channelId, claim ?? before, claim)
    } catch (error) {
      await claim?.drop()
      throw error
    } finally {
      this.#opening.delete(channelId)
    }
  }

  async #openAs(channelId: string, { ids, heads, seq }: Before, claim: Claim | null): Promise<Entry> {
    const channel = await this.#stores.channels.byId(channelId)
    if (channel === null) throw new CrossChatError('not_found')
    const people = await this.#stores.people.byChannel(channelId)
    const kept = await this.#marks.read(channelId)
    const marks = joined(joined(kept.marks, claim?.marks ?? []), ids.map(fingerprint))
    const removed = new RemovedIds(kept.removed)
    for (const head of heads) removed.note(head)
    const ruled = { ...channel.rules, people: people.map(named) }
    const entry = this.#ingest.open(channelId, ruled, { marks, seq, removed })
    if (ids.length === 0) entry.marksKept = entry.marks.added
    claim?.opened(entry)
    return entry
  }

  /** Keeps what the channel has shown, so that a kill right after it makes nobody forget that. Never throws. */
  async keepShown(channelId: string): Promise<void> {
    const entry = this.#ingest.channel(channelId)
    if (entry !== undefined) await this.#marks.keep(entry)
  }

  #known(platform: string): void {
    if (!this.#ingest.platforms.some(({ id }) => id === platform)) throw new CrossChatError('unknown_platform')
  }

  async #submit(channelId: string, work: Work, platform: string): Promise<Receipt> {
    const entry = await this.open(channelId)
    const outcome = await this.#submitted(entry, work, platform)
    const settled = this.settled(channelId)
    if (settled !== undefined) await settled
    return { ...withoutOk(outcome), archived: await this.#onItsWay(entry, outcome) }
  }

  async #submitted(entry: Entry, work: Work, platform: string): Promise<Outcome & { ok: true }> {
    const outcome = await this.#ingest.submit(entry, work)
    this.#metrics.ingestTotal.inc({ platform }, outcome.accepted.length)
    this.#metrics.dedupTotal.inc(outcome.duplicates)
    return outcome
  }

  /** Waits until the events have left the ring and, in a stream, for the archive. Says whether they are archived. */
  async #onItsWay(entry: Entry, { accepted, repeated = [], seq }: Outcome & { ok: true }): Promise<boolean> {
    // What it repeats came before, from whomever, and may itself be still on its way.
    const to = repeated.length > 0 ? seq : (accepted.at(-1)?.seq ?? seq)
    await reached(entry, to)
    // It has moved to another node meanwhile, and nobody knows whether that has it.
    if (entry.seq < to) throw new CrossChatError('moved', { retryAfter: 1 })
    const { seqs, all } = seqsOf(entry, repeated)
    const known = [...accepted.map((event) => event.seq), ...seqs]
    const kept = stretches(known).map(([from, last]) => this.#archivist.archived(entry.id, from, last))
    // Of what nobody remembers, or where there is nothing at all, only how far the file is can be said.
    const rest = all && known.length > 0 ? true : this.#archivist.repeated(entry.id, to)
    return (await Promise.all([...kept, rest])).every(Boolean)
  }
}

function named({ platform, authorId }: { platform: string; authorId: string }) {
  return { platform, authorId }
}

/** Oldest first, each once. */
function joined(older: number[], newer: number[]): number[] {
  const known = new Set(newer)
  return [...older.filter((mark) => !known.has(mark)), ...newer]
}

/** Numbers that follow each other, as first and last. */
function stretches(seqs: number[]): [from: number, to: number][] {
  const found: [number, number][] = []
  for (const seq of seqs.sort((one, other) => one - other)) {
    const last = found.at(-1)
    if (last !== undefined && seq <= last[1] + 1) last[1] = seq
    else found.push([seq, seq])
  }
  return found
}

function withoutOk({ accepted, duplicates, ignored }: Outcome & { ok: true }): Omit<Receipt, 'archived'> {
  return { accepted, duplicates, ignored }
}
