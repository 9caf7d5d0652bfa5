import type { Log } from '../log.ts'
import { Away, type Link } from './link.ts'
import { entriesOf, listOf, type StreamEntry, textOf } from './reply.ts'

/** How long Redis holds back its answer while there is nothing new, ms. */
const HOLD_MS = 2_000
/** Beyond that, an answer that does not come means that the connection is dead. */
const LATE_MS = 2_000
/** Entries of one stream in one answer: the next ones are asked for when these are handed on. */
const AT_ONCE = 64
/** A round costs by the streams that are asked for, and not by what comes: so more may gather before the next one; ms, and at most. */
const GATHER_A_STREAM_MS = 0.05
const GATHER_MOST_MS = 16
const BELL_KEPT_MS = 60_000
const PAUSE_MS = 500

interface Watched {
  /** The last entry that was handed on. */
  id: string
  take(entries: StreamEntry[]): void
}

/** Reads many streams over one connection that waits for them, each from its own place, in order. */
export class StreamReader {
  readonly #reading: Link
  readonly #asking: Link
  readonly #log: Log
  readonly #streams = new Map<string, Watched>()
  /** A stream that only ends the waiting, so that one which was added is read, too. */
  readonly #bell: string
  #bellId = '0-0'
  #running = false
  #closed = false

  /** `reading`: a connection of its own; `asking`: one that never waits. */
  constructor(parts: { reading: Link; asking: Link; node: string; log: Log }) {
    this.#reading = parts.reading
    this.#asking = parts.asking
    this.#log = parts.log
    this.#bell = `crosschat:bell:${parts.node}`
    this.#reading.onReady = () => this.#run()
  }

  /** Hands on what comes behind `id`. `take` must not throw. */
  read(key: string, id: string, take: Watched['take']): void {
    this.#streams.set(key, { id, take })
    this.#ring()
  }

  drop(key: string): void {
    this.#streams.delete(key)
  }

  close(): void {
    this.#closed = true
    this.#reading.close()
  }

  #ring(): void {
    const ring = ['XADD', this.#bell, 'MAXLEN', '1', '*', 'ring', '']
    // Unheard, the next answer comes by itself when its time is over.
    this.#asking.ask(ring).catch(() => undefined)
    this.#asking.ask(['PEXPIRE', this.#bell, String(BELL_KEPT_MS)]).catch(() => undefined)
  }

  #run(): void {
    if (this.#running) return
    this.#running = true
    this.#loop()
      .catch((error: unknown) => {
        if (!(error instanceof Away)) this.#log.error({ err: error }, 'streams could not be read')
      })
      .finally(() => {
        this.#running = false
        if (!this.#closed) setTimeout(() => this.#reading.ready && this.#run(), PAUSE_MS).unref()
      })
  }

  async #loop(): Promise<void> {
    while (!this.#closed && this.#reading.ready) {
      const from = new Map([[this.#bell, this.#bellId]])
      for (const [key, { id }] of this.#streams) from.set(key, id)
      const streams = ['STREAMS', ...from.keys(), ...from.values()]
      const args = ['XREAD', 'COUNT', String(AT_ONCE), 'BLOCK', String(HOLD_MS), ...streams]
      const found = await this.#reading.ask(args, HOLD_MS + LATE_MS)
      if (found === null) continue
      for (const stream of listOf(found)) {
        const [key, entries] = listOf(stream)
        this.#hand(textOf(key), entriesOf(entries), from.get(textOf(key)))
      }
      await this.#breath()
    }
  }

  /** Others get their turn, however much there is to read. */
  #breath(): Promise<void> {
    const ms = Math.min(GATHER_MOST_MS, Math.floor(this.#streams.size * GATHER_A_STREAM_MS))
    return new Promise((resolve) => {
      if (ms === 0) setImmediate(resolve)
      else setTimeout(resolve, ms)
    })
  }

  /** `from`: where it was asked from; one that was set elsewhere meanwhile is read anew from there. */
  #hand(key: string, entries: StreamEntry[], from: string | undefined): void {
    const last = entries.at(-1)?.id
    if (last === undefined) return
    if (key === this.#bell) {
      this.#bellId = last
      return
    }
    const watched = this.#streams.get(key)
    if (watched === undefined || watched.id !== from) return
    watched.id = last
    watched.take(entries)
  }
}
