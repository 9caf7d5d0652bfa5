import { type Behind, LOOK_EVERY_MS } from './behind.ts'
import { CrossChatError } from './errors.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Slice } from './slice.ts'
import type { Archive, Fence, Gap } from './stores/archive.ts'
import { StreamWriter, type WriterHooks } from './stream-writer.ts'

/** Bytes of all streams waiting for the disk. */
export const MAX_QUEUED_IN_ALL = 64 * 1_024 * 1_024
/** How long an answer waits for the archive. */
export const SETTLE_WITHIN_MS = 2_000
/** How long the end of a stream waits for what the disk has not taken yet. */
export const CAUGHT_UP_WITHIN_MS = 5_000

/** Hands the events of live streams to the archive, without ever holding up the display. */
export class Archivist {
  readonly #archive: Archive
  readonly #log: Log
  readonly #metrics: Metrics
  readonly #writers = new Map<string, StreamWriter>()
  /** Channel → the last seq that its file has, once the process ends. */
  readonly #left = new Map<string, number>()
  readonly #behind: Behind | null
  #looking: NodeJS.Timeout | null = null
  #bytes = 0
  #events = 0

  /** `behind`: null = what it cannot archive is forgotten with it. */
  constructor(archive: Archive, log: Log, metrics: Metrics, behind: Behind | null = null) {
    this.#archive = archive
    this.#log = log
    this.#metrics = metrics
    this.#behind = behind
  }

  /** Learns what the process before could not archive; before its streams are followed. */
  async begin(): Promise<void> {
    await this.#behind?.read()
  }

  /** All streams that the process before left are followed. */
  resumed(): void {
    const behind = this.#behind
    if (behind === null) return
    behind.forget()
    this.#looking = setInterval(() => void behind.keep(this.#owed((writer) => writer.late())), LOOK_EVERY_MS)
    this.#looking.unref()
  }

  /** From now on the channel's events belong to this stream; `seq` is the last one that does not. */
  follow(
    channelId: string,
    stream: { id: string; messages: number; lastAt?: number | null; fence?: Fence },
    epoch: string,
    seq: number,
  ): void {
    const writer = new StreamWriter(this.#archive, stream, epoch, seq, this.#hooks(stream.id))
    this.#writers.set(channelId, writer)
    const missing = this.#behind?.take(stream.id) ?? 0
    if (missing > 0) writer.note(leftOut(missing), seq)
  }

  /**
   * Resolves once everything taken so far is kept; what comes from then on waits for `unfollow` or `goOn`. Throws storage_failed, and goes
   * on, when the disk stalls.
   */
  async pause(channelId: string): Promise<void> {
    const writer = this.#writers.get(channelId)
    if (writer === undefined) return
    // Only a disk that has just caught up is waited for without an end: what comes meanwhile must not be lost to a stall.
    if (!(await writer.caughtUp(CAUGHT_UP_WITHIN_MS))) throw new CrossChatError('storage_failed')
    writer.pause()
    await writer.flush()
  }

  /** The stream could not be ended: nothing that came meanwhile is missing in it. */
  goOn(channelId: string): void {
    this.#writers.get(channelId)?.goOn()
  }

  /** Lets go of a channel whose stream has ended. */
  unfollow(channelId: string): void {
    this.#writers.get(channelId)?.leave()
    this.#writers.delete(channelId)
  }

  /** Somebody else writes the channel's stream from here on: what waits is theirs to bring. */
  async letGo(channelId: string): Promise<void> {
    const writer = this.#writers.get(channelId)
    this.#writers.delete(channelId)
    await writer?.flush(true)
  }

  /** Events of kind message and notice that the channel's live stream has kept. */
  messages(channelId: string): number | undefined {
    return this.#writers.get(channelId)?.messages
  }

  /** When the newest event of the channel's live stream came, ms. */
  lastAt(channelId: string): number | null {
    return this.#writers.get(channelId)?.lastAt ?? null
  }

  /** Events of all streams waiting for the disk. */
  get queued(): number {
    return this.#events
  }

  /** One way of the fork. Never throws and never waits. */
  take(slice: Slice): void {
    const writer = this.#writers.get(slice.channelId)
    if (writer === undefined || writer.epoch !== slice.epoch) return
    if (writer.add(slice, MAX_QUEUED_IN_ALL - this.#bytes)) return
    this.#metrics.archiveGapTotal.inc(slice.events.length)
    this.#log.error(
      { stream: writer.streamId, events: slice.events.length },
      'the archive is too slow; events are left out',
    )
  }

  /** Leaves a gap in the channel's live stream, if one runs, behind the event `after`. */
  note(channelId: string, gap: Gap, after: number): void {
    const writer = this.#writers.get(channelId)
    if (writer === undefined || writer.note(gap, after)) return
    this.#log.error({ stream: writer.streamId, gap }, 'the archive is too slow; a gap is left out')
  }

  /** True when a stream runs and all these events stand in its file; waits for the disk at most two seconds. */
  async archived(channelId: string, from: number, to: number): Promise<boolean> {
    return (await this.#writers.get(channelId)?.kept(from, to, SETTLE_WITHIN_MS)) ?? false
  }

  /** As above, of what came again: the file is as far as `to`, by when it had come before. */
  async repeated(channelId: string, to: number): Promise<boolean> {
    return (await this.#writers.get(channelId)?.past(to, SETTLE_WITHIN_MS)) ?? false
  }

  /** How many of a channel's newest events, up to `seq`, wait for the file of its live stream; 0 while none runs. */
  unsettled(channelId: string, seq: number): number {
    const settled = this.#writers.get(channelId)?.settled ?? this.#left.get(channelId) ?? seq
    return Math.max(0, seq - settled)
  }

  /** Writes out what it can, for the end of the process. */
  async stop(): Promise<void> {
    for (const writer of this.#writers.values()) writer.goOn()
    await Promise.all([...this.#writers.values()].map((writer) => writer.flush(true)))
    for (const [channelId, { settled }] of this.#writers) this.#left.set(channelId, settled)
    if (this.#looking !== null) clearInterval(this.#looking)
    await this.#behind?.keep(this.#owed(() => true))
    this.#writers.clear()
  }

  /** By stream, how many events its file lacks. */
  #owed(counts: (writer: StreamWriter) => boolean): Map<string, number> {
    const owing = [...this.#writers.values()].filter((writer) => counts(writer) && writer.owed > 0)
    return new Map(owing.map(({ streamId, owed }) => [streamId, owed]))
  }

  #hooks(stream: string): WriterHooks {
    return {
      failed: (error, events) => this.#log.error({ err: error, stream, events }, 'the archive did not take a batch'),
      queued: (bytes, events) => {
        this.#bytes += bytes
        this.#events += events
        this.#metrics.archiveQueue.inc(events)
      },
    }
  }
}

function leftOut(count: number): Gap {
  return { kind: 'gap', count, at: Date.now(), reason: 'the server ended before the archive had taken them' }
}
