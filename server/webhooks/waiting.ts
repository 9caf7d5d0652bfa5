import type { WebhookGap } from '../answers/webhook.ts'

/** What waits for one webhook. Beyond it comes a gap with its count. */
export const MAX_WAITING = 5_000
export const MAX_WAITING_BYTES = 1_024 * 1_024
/** Of one delivery. */
export const BATCH_EVENTS = 100
export const BATCH_BYTES = 256 * 1_024

const REASON = 'More came than could be delivered'

interface Item {
  text: string
  bytes: number
  /** Events that it stands for: a gap stands for many. */
  stands: number
}

/** JSON texts of events in their order. What does not fit is counted at the end of the line, in its place. */
export class Waiting {
  #items: Item[] = []
  #bytes = 0
  #stands = 0
  /** Of what came after the texts. */
  #missed = 0
  #missedAt = 0

  /** Events, a gap counting as what it stands for. */
  get count(): number {
    return this.#stands + this.#missed
  }

  /** Events that do not wait any more, and are not delivered either. */
  get missed(): number {
    return this.#missed
  }

  /** Texts in order, for keeping. */
  get texts(): readonly string[] {
    return this.#items.map(({ text }) => text)
  }

  /** False where it was only counted. */
  add(text: string, now: number): boolean {
    // Behind a gap nothing is taken until the gap is out: the order is kept.
    const bytes = Buffer.byteLength(text)
    if (this.#missed === 0 && this.#items.length < MAX_WAITING && this.#bytes + bytes <= MAX_WAITING_BYTES) {
      this.#push({ text, bytes, stands: standsFor(text) })
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
    const waited = this.#stands
    this.#keep([])
    if (waited > 0) this.miss(waited, now)
  }

  /** Null from `change` takes a text out, without a gap; true where anything was another afterwards. */
  rewrite(change: (text: string) => string | null): boolean {
    const items = this.#items.flatMap((item) => {
      const text = change(item.text)
      if (text === item.text) return [item]
      return text === null ? [] : [{ ...item, text, bytes: Buffer.byteLength(text) }]
    })
    const changed = items.length < this.#items.length || items.some((item, nth) => item !== this.#items[nth])
    if (changed) this.#keep(items)
    return changed
  }

  /** The next delivery; what is in it goes only with `done`. Empty = nothing waits. */
  batch(): string[] {
    const batch: string[] = []
    let sum = 0
    for (const { text, bytes } of this.#items) {
      sum += bytes
      if (batch.length === BATCH_EVENTS || (batch.length > 0 && sum > BATCH_BYTES)) return batch
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
    this.#push({ text, bytes: Buffer.byteLength(text), stands: this.#missed })
    this.#missed = 0
    return [text]
  }

  /** So many were delivered. */
  done(count: number): void {
    this.#keep(this.#items.slice(count))
  }

  #push(item: Item): void {
    this.#items.push(item)
    this.#bytes += item.bytes
    this.#stands += item.stands
  }

  #keep(items: Item[]): void {
    this.#items = []
    this.#bytes = this.#stands = 0
    for (const item of items) this.#push(item)
  }
}

const GAP_BEGINS = JSON.stringify({ kind: 'gap' }).slice(0, -1)

/** What was kept over a restart says for itself how much it stands for. */
function standsFor(text: string): number {
  if (!text.startsWith(GAP_BEGINS)) return 1
  const { count }: { count?: unknown } = JSON.parse(text)
  return typeof count === 'number' && Number.isSafeInteger(count) ? count : 1
}
