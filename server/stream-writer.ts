import { toBatch } from './archive-batch.ts'
import { CrossChatError } from './errors.ts'
import type { Slice } from './slice.ts'
import type { Archive, Fence, Gap } from './stores/archive.ts'
import { Waiters } from './waiters.ts'

/** Bytes of one stream waiting for the disk; what comes on top is left out and stands in the transcript as a gap. */
export const MAX_QUEUED_BYTES = 8 * 1_024 * 1_024
/** Events of one append. */
const MAX_BATCH_EVENTS = 1_000
/** Ranges remembered that were left out, so that their answers say so. */
const MAX_LOST_RANGES = 1_000
/** Gaps of sources that wait for the disk. */
const MAX_QUEUED_GAPS = 100
const RETRY_FIRST_MS = 100
const RETRY_LONGEST_MS = 5_000

/** Events left out, in their place between the slices. */
interface Hole {
  from: number
  to: number
  reason: string
}
type Queued =
  | { slice: Slice; hole?: never; gap?: never }
  | { hole: Hole; slice?: never; gap?: never }
  | { gap: Gap; slice?: never; hole?: never }

export interface WriterHooks {
  /** An append failed; it is tried again. */
  failed(error: unknown, events: number): void
  /** Waiting bytes and events went up or down by so much. */
  queued(bytes: number, events: number): void
}

/** Writes one live stream to the archive: in order, each event once, as many at a time as have gathered. */
export class StreamWriter {
  readonly streamId: string
  readonly epoch: string
  messages: number
  /** When the newest event came, ms; null = none has come yet. */
  lastAt: number | null
  readonly #archive: Pick<Archive, 'append' | 'gap'>
  readonly #fence: Fence
  readonly #hooks: WriterHooks
  #queue: Queued[] = []
  /** What came since it was paused; null = it is not. */
  #later: Queued[] | null = null
  #bytes = 0
  /** The last seq before this stream. */
  readonly #before: number
  /** The last seq that was added, and the last one that is in the file or given up. */
  #added: number
  #settled: number
  /** The last seq that was added before the last look. */
  #lookedAt: number
  readonly #lost: Hole[] = []
  /** Gaps ever noted, and how many of them are written or given up. */
  #noted = 0
  #noteWritten = 0
  /** Of the queue's head, so much is being written: nothing may come in between. */
  #inHand = 0
  readonly #waiters = new Waiters()
  #writing: Promise<void> | null = null
  #giveUp = false
  /** Events of gaps that were given up. */
  #untold = 0
  /** The first seq of what was given up with nothing in its place. */
  #givenUpFrom = Number.POSITIVE_INFINITY

  /** `seq`: the last one before this stream. */
  constructor(
    archive: Pick<Archive, 'append' | 'gap'>,
    stream: { id: string; messages: number; lastAt?: number | null; fence?: Fence },
    epoch: string,
    seq: number,
    hooks: WriterHooks,
  ) {
    this.#archive = archive
    this.streamId = stream.id
    this.#fence = stream.fence
    this.messages = stream.messages
    this.lastAt = stream.lastAt ?? null
    this.epoch = epoch
    this.#before = this.#added = this.#settled = this.#lookedAt = seq
    this.#hooks = hooks
  }

  /** False when the slice was left out because too much waits already; a hole stands in its place. */
  add(slice: Slice, room: number): boolean {
    this.#added = slice.events.at(-1)?.seq ?? this.#added
    this.lastAt = Date.now()
    const fits = slice.frame.text.length <= Math.min(room, MAX_QUEUED_BYTES - this.#bytes)
    if (fits) {
      this.#newest.push({ slice })
      this.#count(slice.frame.text.length, slice.events.length)
    } else this.#leaveOut(slice)
    this.#begin()
    return fits
  }

  /** What comes from now on waits, until it is known whether the stream has ended. */
  pause(): void {
    this.#later ??= []
  }

  /** It has not. */
  goOn(): void {
    this.#queue.push(...(this.#later ?? []))
    this.#later = null
    this.#begin()
  }

  /** It has: what came since the pause is none of it. */
  leave(): void {
    for (const { slice } of this.#later ?? [])
      if (slice !== undefined) this.#count(-slice.frame.text.length, -slice.events.length)
    this.#later = null
    this.#waiters.wakeAll()
  }

  /**
   * Notes that something never came, behind the event `after` or, where the disk has that already, behind what it has. False when too
   * many such notes wait already.
   */
  note(gap: Gap, after: number): boolean {
    if (this.#noted - this.#noteWritten >= MAX_QUEUED_GAPS) return false
    const place = this.#queue.findIndex((queued, nth) => nth >= this.#inHand && firstOf(queued) > after)
    if (place < 0) this.#newest.push({ gap })
    else this.#queue.splice(place, 0, { gap })
    this.#noted++
    this.#begin()
    return true
  }

  /** The last seq up to which each event, or a gap in its place, is in the file. */
  get settled(): number {
    return Math.min(this.#settled, this.#givenUpFrom - 1)
  }

  /** Events that are neither in the file, nor a gap in their place. */
  get owed(): number {
    const gaps = [...this.#queue, ...(this.#later ?? [])].map(({ gap }) => gap?.count ?? 0)
    return Math.max(0, this.#added - this.settled) + this.#untold + gaps.reduce((sum, count) => sum + count, 0)
  }

  /** Whether what was there at the last look still waits, or a gap does. */
  late(): boolean {
    const late = this.#lookedAt > this.settled || this.#noteWritten < this.#noted
    this.#lookedAt = this.#added
    return late
  }

  /** True when every event from `from` to `to` stands in the file; waits for it at most so long. */
  async kept(from: number, to: number, withinMs: number): Promise<boolean> {
    if (from <= this.#before) return false
    const settled = () => this.#settled >= to
    await this.#waiters.within(settled, withinMs)
    return settled() && !this.#lost.some((hole) => hole.from <= to && hole.to >= from)
  }

  /** As above, of what is not known more exactly than that it came by then, also before this stream. */
  async past(to: number, withinMs: number): Promise<boolean> {
    return to <= this.#before || this.kept(to, to, withinMs)
  }

  /** True when nothing waits of what was added until now; waits for it at most so long. */
  async caughtUp(withinMs: number): Promise<boolean> {
    const [to, noted] = [this.#added, this.#noted]
    const done = () => this.#settled >= to && this.#noteWritten >= noted
    await this.#waiters.within(done, withinMs)
    return done()
  }

  /** Resolves when nothing waits any more. With `giveUp`, what fails once more is left. */
  async flush(giveUp = false): Promise<void> {
    this.#giveUp = giveUp
    while (this.#writing !== null) await this.#writing
  }

  get #newest(): Queued[] {
    return this.#later ?? this.#queue
  }

  #count(bytes: number, events: number): void {
    this.#bytes += bytes
    this.#hooks.queued(bytes, events)
  }

  #leaveOut(slice: Slice): void {
    const from = slice.events[0]?.seq ?? 0
    const to = slice.events.at(-1)?.seq ?? 0
    const last = this.#newest.at(-1)?.hole
    if (last !== undefined) last.to = to
    else this.#newest.push({ hole: { from, to, reason: 'the archive was too slow' } })
    this.#lost.push({ from, to, reason: '' })
    if (this.#lost.length > MAX_LOST_RANGES) this.#lost.shift()
  }

  /** Whoever writes nothing would not be seen to end. */
  #begin(): void {
    if (this.#queue.length > 0) this.#writing ??= this.#write()
  }

  async #write(): Promise<void> {
    for (let pause = RETRY_FIRST_MS; this.#queue.length > 0; ) {
      const slices = this.#nextSlices()
      this.#inHand = Math.max(1, slices.length)
      const done = slices.length > 0 ? await this.#append(slices) : await this.#writeMissing()
      this.#inHand = 0
      if (done) pause = RETRY_FIRST_MS
      else {
        await new Promise((resolve) => setTimeout(resolve, pause))
        pause = Math.min(pause * 2, RETRY_LONGEST_MS)
      }
    }
    this.#writing = null
  }

  #nextSlices(): Slice[] {
    const slices: Slice[] = []
    let events = 0
    for (const { slice } of this.#queue) {
      if (slice === undefined || (events > 0 && events + slice.events.length > MAX_BATCH_EVENTS)) break
      slices.push(slice)
      events += slice.events.length
    }
    return slices
  }

  async #append(slices: Slice[]): Promise<boolean> {
    const batch = { ...toBatch(this.streamId, this.epoch, slices), fence: this.#fence }
    const to = batch.seqs.at(-1) ?? 0
    const events = batch.seqs.length
    try {
      this.messages = (await this.#archive.append(batch)).messages
    } catch (error) {
      this.#hooks.failed(error, events)
      if (isRefused(error))
        return this.#makeHole(slices, { from: to - events + 1, to, reason: 'the archive refused them' })
      this.#giveUp ||= isTakenOver(error)
      if (!this.#giveUp) return false
      this.#lost.push({ from: to - events + 1, to, reason: '' })
      this.#givenUpFrom = Math.min(this.#givenUpFrom, to - events + 1)
    }
    this.#queue.splice(0, slices.length)
    this.#count(-slices.reduce((sum, { frame }) => sum + frame.text.length, 0), -events)
    this.#reach(to)
    return true
  }

  /** What the archive will never take is left out, with a hole in its place. */
  #makeHole(slices: Slice[], hole: Hole): boolean {
    this.#queue.splice(0, slices.length, { hole })
    this.#lost.push(hole)
    this.#count(-slices.reduce((sum, { frame }) => sum + frame.text.length, 0), hole.from - hole.to - 1)
    return true
  }

  async #writeMissing(): Promise<boolean> {
    const next = this.#queue[0]
    if (next?.hole !== undefined) return this.#writeHole(next.hole)
    if (next?.gap === undefined) return true
    if (!(await this.#writeGap(next.gap))) return false
    this.#queue.shift()
    this.#noteWritten++
    this.#waiters.look()
    return true
  }

  async #writeGap(gap: Gap): Promise<boolean> {
    try {
      await this.#archive.gap(this.streamId, this.epoch, gap, this.#fence)
      return true
    } catch (error) {
      this.#hooks.failed(error, 0)
      this.#giveUp ||= isTakenOver(error)
      if (this.#giveUp) this.#untold += gap.count
      return this.#giveUp || isRefused(error)
    }
  }

  async #writeHole(hole: Hole): Promise<boolean> {
    const { from, to, reason } = hole
    if (!(await this.#writeGap({ kind: 'gap', count: to - from + 1, at: Date.now(), reason }))) return false
    // It may have grown while it was written; the rest stays as a hole of its own.
    if (hole.to === to) this.#queue.shift()
    else hole.from = to + 1
    this.#reach(to)
    return true
  }

  #reach(seq: number): void {
    this.#settled = Math.max(this.#settled, seq)
    this.#waiters.look()
  }
}

/** The first seq of what waits; a gap belongs to what stands before it. */
function firstOf({ slice, hole }: Queued): number {
  return slice?.events[0]?.seq ?? hole?.from ?? 0
}

/** Another server writes this stream from now on, and what this one still has comes from there. */
function isTakenOver(error: unknown): boolean {
  return error instanceof CrossChatError && error.code === 'storage_fenced'
}

/** True when trying the same batch again cannot help. */
function isRefused(error: unknown): boolean {
  return error instanceof CrossChatError && error.code === 'bad_request'
}
