import type { WebhookGap } from '../answers/webhook.ts'

/** What waits for one webhook. Beyond it comes a gap with its count. */
export const MAX_WAITING = 5_000
export const MAX_WAITING_BYTES = 1_024 * 1_024
/** Of one delivery. */
export const BATCH_EVENTS = 100
export const BATCH_BYTES = 256 * 1_024

const REASON = 'More came than could be delivered'

/** JSON texts of events in their order. What does not fit is counted at the end of the line, in its place. */
export class Waiting {
  #texts: string[] = []
  #bytes = 0
  /** Of what came after the texts. */
  #missed = 0
  #missedAt = 0

  /** Events, a gap counting as what it stands for. */
  get count(): number {
    return this.#texts.length + this.#missed
  }

  /** Events that do not wait any more, and are not delivered either. */
  get missed(): number {
    return this.#missed
  }

  /** Texts in order, for keeping. */
  get texts(): readonly string[] {
    return this.#texts
  }

  /** False where it was only counted. */
  add(text: string, now: number): boolean {
    // Behind a gap nothing is taken until the gap is out: the order is kept.
    const bytes = Buffer.byteLength(text)
    if (this.#missed === 0 && this.#texts.length < MAX_WAITING && this.#bytes + bytes <= MAX_WAITING_BYTES) {
      this.#texts.push(text)
      this.#bytes += bytes
      return true
    }
    this.miss(1, now)
    return false
  }

  miss(count: number, now: number): void {
    if (this.#missed === 0) this.#missedAt = now
    this.#missed += count
  }

  /** All of it becomes a gap. */
  drop(now: number): void {
    const waited = this.#texts.length
    this.#texts = []
    this.#bytes = 0
    if (waited > 0) this.miss(waited, now)
  }

  /** The next delivery; what is in it goes only with `done`. Empty = nothing waits. */
  batch(): string[] {
    const batch: string[] = []
    let bytes = 0
    for (const text of this.#texts) {
      bytes += Buffer.byteLength(text)
      if (batch.length === BATCH_EVENTS || (batch.length > 0 && bytes > BATCH_BYTES)) return batch
      batch.push(text)
    }
    const [gap] = this.close()
    return gap === undefined || batch.length === BATCH_EVENTS ? batch : [...batch, gap]
  }

  /** Puts the gap at the end, where there is one, into the line, and gives its text: what comes now stands behind it. */
  close(): string[] {
    if (this.#missed === 0) return []
    const gap: WebhookGap = { kind: 'gap', count: this.#missed, at: this.#missedAt, reason: REASON }
    const text = JSON.stringify(gap)
    this.#texts.push(text)
    this.#bytes += Buffer.byteLength(text)
    this.#missed = 0
    return [text]
  }

  /** So many were delivered. */
  done(count: number): void {
    for (const text of this.#texts.splice(0, count)) this.#bytes -= Buffer.byteLength(text)
  }
}
