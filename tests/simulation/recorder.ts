import type { Entry } from '../../server/entries.ts'
import type { ServerFrame } from '../../server/protocol.ts'
import type { Slice } from '../../server/slice.ts'
import type { Clock } from './clock.ts'
import type { Epoch, Finding, History, Kept, PageLog, Placed, Queue, Sent, Transcript } from './history.ts'
import type { Page } from './page.ts'
import { placedOf } from './placed.ts'
import type { Watcher } from './server.ts'

/** A stream; `ended`: whoever ended it was told so. */
type Running = Omit<Transcript, 'kept'> & { ended: boolean }

/** Writes down what happens, for the checker. */
export class Recorder {
  readonly sent: Sent[] = []
  readonly removed: string[] = []
  readonly told: string[] = []
  readonly failures: Finding[] = []
  readonly #order: Placed[] = []
  readonly #epochs = new Map<string, Epoch>()
  readonly #clock: Clock
  readonly #streams = new Map<string, Running>()
  /** Where the newest life began, and the stream that it went on with. */
  #life: Pick<Queue, 'from' | 'stream'> = { from: 0, stream: undefined }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get order(): readonly Placed[] {
    return this.#order
  }

  /** Of one life of the server; what is left of a dead one says nothing any more. */
  watcher(lives: () => boolean): Watcher {
    this.#life = { from: this.#order.length, stream: undefined }
    return {
      opened: (entry) => {
        if (lives()) this.#open(entry)
      },
      placed: (slice) => {
        if (lives()) this.#place(slice)
      },
      failed: (what) => {
        if (lives()) this.failures.push({ kind: 'lost', where: 'the log', what })
      },
    }
  }

  /** A life has begun; `live`: the stream that went on. What had not reached the disk before it is no promise any more. */
  began(live: string | undefined): void {
    const begins = [...this.#epochs.values()].at(-1)?.before ?? 0
    this.#life.stream = live
    for (const transcript of this.#streams.values()) {
      if (transcript.ended) continue
      const goesOn = transcript.stream === live
      transcript.keptFrom = goesOn ? begins : null
      transcript.to = goesOn ? Number.POSITIVE_INFINITY : Math.min(transcript.to, begins)
    }
    if (live !== undefined) this.#stream(live, begins)
  }

  /** It holds what came from its first event on. */
  streamBegan(stream: string): void {
    const first = this.#order.findLastIndex(({ act }) => act?.type === 'clear' && act.by === 'stream')
    this.#stream(stream, Math.max(0, first))
  }

  /** Whoever began it was told that something failed: where its first event stands is not known, and it holds what comes from now on. */
  streamRuns(stream: string): void {
    this.#stream(stream, this.#order.length)
  }

  /** Somebody ends it: of what comes from now on, nobody says whether it belongs to it. */
  streamEnds(stream: string): { done(): void; failed(): void } {
    const transcript = this.#streams.get(stream)
    if (transcript !== undefined) transcript.to = this.#order.length
    return {
      done: () => Object.assign(transcript ?? {}, { ended: true }),
      failed: () => Object.assign(transcript ?? {}, { to: Number.POSITIVE_INFINITY }),
    }
  }

  /** Where the newest epoch stands. */
  isAtEnd({ stands }: PageLog): boolean {
    const [epoch, { seq }] = [...this.#epochs].at(-1) ?? ['', { seq: 0 }]
    const end = this.#order.at(-1)
    return stands?.epoch === epoch && stands.seq === (end?.epoch === epoch ? end.seq : seq)
  }

  async history(
    pages: readonly Page[],
    read: (stream: string) => Promise<Kept[]>,
    queue: Omit<Queue, 'from' | 'stream' | 'now'> | null,
  ): Promise<History> {
    const transcripts: Transcript[] = []
    for (const transcript of this.#streams.values())
      transcripts.push({ ...transcript, kept: await read(transcript.stream) })
    return {
      sent: this.sent,
      removed: this.removed,
      told: this.told,
      order: this.#order,
      epochs: this.#epochs,
      pages: pages.map(({ log, closed }) => ({ ...log, closed })),
      transcripts,
      queue: queue && { ...queue, ...this.#life, now: this.#clock.now },
    }
  }

  #stream(stream: string, from: number): void {
    if (!this.#streams.has(stream))
      this.#streams.set(stream, { stream, from, to: Number.POSITIVE_INFINITY, keptFrom: from, ended: false })
  }

  #open({ epoch, seq }: Entry): void {
    if (!this.#epochs.has(epoch)) this.#epochs.set(epoch, { before: this.#order.length, seq })
  }

  #place({ epoch, frame }: Slice): void {
    if (!this.#epochs.has(epoch)) this.#epochs.set(epoch, { before: this.#order.length, seq: 0 })
    const said: Extract<ServerFrame, { type: 'events' }> = JSON.parse(frame.text.toString('utf8'))
    for (const event of said.events) this.#order.push(placedOf(event, epoch, this.#clock.now))
  }
}
