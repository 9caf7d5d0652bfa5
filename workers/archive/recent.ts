import { eventHead } from '../event-head.ts'
import { fingerprint } from '../fingerprint.ts'
import { type ArchiveRecord, contentOf } from './record.ts'
import type { Rows } from './rows.ts'
import type { Recent, RecentHead } from './words.ts'

/** Gathers the newest events of a stream, from its end backwards. */
export class RecentEvents {
  readonly #events: number
  readonly #bytes: number
  readonly #heads: RecentHead[] = []
  readonly #texts: Buffer[] = []
  #size = 0
  #full = false

  constructor(events: number, bytes: number) {
    this.#events = events
    this.#bytes = bytes
  }

  /** Nothing more is wanted. */
  get full(): boolean {
    return this.#full
  }

  /** The rows of a segment, which stands before those that were given already. */
  add(rows: Rows, epoch: string): void {
    for (let row = rows.length - 1; row >= 0 && !this.#full; row -= 1) {
      const record = rows.record(row)
      if (record !== null) this.#take(record, epoch)
    }
  }

  /** Oldest first. */
  given(): Recent {
    const texts = this.#texts.toReversed()
    const bytes = new Uint8Array(this.#size)
    const ends = new Uint32Array(texts.length)
    let at = 0
    for (const [nth, text] of texts.entries()) {
      bytes.set(text, at)
      at += text.length
      ends[nth] = at
    }
    return { bytes, ends, heads: this.#heads.toReversed() }
  }

  #take(record: ArchiveRecord, epoch: string): void {
    const event = contentOf(record)
    if (event.kind === 'gap') return
    const text = Buffer.from(record.text)
    // Where an earlier process began to count anew, what is older has no place in the order any more.
    const inOrder = event.seq < (this.#heads.at(-1)?.seq ?? Number.POSITIVE_INFINITY)
    this.#full = !inOrder || this.#heads.length >= this.#events || this.#size + text.length > this.#bytes
    if (this.#full) return
    const { platform, receivedAt } = event
    this.#heads.push({ ...eventHead(event, fingerprint(event.id)), epoch, platform, receivedAt })
    this.#texts.push(text)
    this.#size += text.length
  }
}
