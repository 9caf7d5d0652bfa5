import type { Entry } from '../../server/entries.ts'
import type { ServerFrame } from '../../server/protocol.ts'
import type { Slice } from '../../server/slice.ts'
import type { ChatEvent } from '../../workers/message.ts'
import type { Epoch, Finding, History, Kept, PageLog, Placed, Sent } from './checker.ts'
import type { Clock } from './clock.ts'
import type { Page } from './page.ts'
import type { Watcher } from './server.ts'

/** Writes down what happens, for the checker. */
export class Recorder {
  readonly sent: Sent[] = []
  readonly removed: string[] = []
  readonly failures: Finding[] = []
  readonly #order: Placed[] = []
  readonly #epochs = new Map<string, Epoch>()
  readonly #clock: Clock
  #keptFrom: number | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Of one life of the server; what is left of a dead one says nothing any more. */
  watcher(lives: () => boolean): Watcher {
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

  /** A life has begun; `live`: with a stream that went on. */
  began(live: boolean): void {
    this.#keptFrom = live ? ([...this.#epochs.values()].at(-1)?.before ?? 0) : null
  }

  /** From its first event on. */
  streamBegan(): void {
    this.#keptFrom = Math.max(
      0,
      this.#order.findLastIndex(({ clears }) => clears),
    )
  }

  /** Where the newest epoch stands. */
  isAtEnd({ stands }: PageLog): boolean {
    const [epoch, { seq }] = [...this.#epochs].at(-1) ?? ['', { seq: 0 }]
    const end = this.#order.at(-1)
    return stands?.epoch === epoch && stands.seq === (end?.epoch === epoch ? end.seq : seq)
  }

  history(transcript: Kept[], pages: readonly Page[]): History {
    return {
      sent: this.sent,
      removed: this.removed,
      order: this.#order,
      epochs: this.#epochs,
      pages: pages.map(({ log, closed }) => ({ ...log, closed })),
      transcript,
      keptFrom: this.#keptFrom,
    }
  }

  #open({ epoch, seq }: Entry): void {
    if (!this.#epochs.has(epoch)) this.#epochs.set(epoch, { before: this.#order.length, seq })
  }

  #place({ epoch, frame }: Slice): void {
    if (!this.#epochs.has(epoch)) this.#epochs.set(epoch, { before: this.#order.length, seq: 0 })
    const said: Extract<ServerFrame, { type: 'events' }> = JSON.parse(frame.text.toString('utf8'))
    for (const event of said.events) this.#order.push(this.#placed(epoch, event))
  }

  #placed(epoch: string, event: ChatEvent): Placed {
    const { seq, id, kind } = event
    const drawn = (kind === 'message' || kind === 'notice') && event.hidden === undefined
    const removes = kind === 'remove' && 'id' in event.target ? { removes: event.target.id } : {}
    return { epoch, seq, id, drawn, ...removes, ...(kind === 'clear' && { clears: true }), at: this.#clock.now }
  }
}
