import type { Log } from '../log.ts'
import type { KeptWaiting, Webhook, Webhooks } from '../stores/programs.ts'
import type { Courier } from './courier.ts'

/** Of a courier. */
type Standing = Pick<Courier, 'waiting'> & { webhook: Pick<Webhook, 'id'> }

/** How often it is kept how much waits, so that it can be counted after a kill; ms. */
export const NOTE_EVERY_MS = 5_000

/** Keeps how much waits, so that it can be counted after a kill; and all of it, when the process ends by itself. */
export class WaitingNotes {
  readonly #store: Pick<Webhooks, 'keepWaiting'>
  readonly #log: Log
  readonly #noted = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #noting: Promise<void> | null = null

  constructor(store: Pick<Webhooks, 'keepWaiting'>, log: Log) {
    this.#store = store
    this.#log = log
  }

  watch(couriers: () => readonly Standing[], haste: number): void {
    this.#timer = setInterval(() => {
      this.#noting ??= this.#noteAll(couriers()).finally(() => {
        this.#noting = null
      })
    }, NOTE_EVERY_MS / haste)
    this.#timer.unref()
  }

  /** Resolves when none is being noted any more. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#noting
  }

  /** Resolves when those have been noted that are being noted now. */
  async settled(): Promise<void> {
    await this.#noting
  }

  async note(id: string, count: number): Promise<void> {
    this.#noted.set(id, count)
    await this.#keep({ id, texts: null, count })
  }

  /** For good: nobody counts it any more. What was just being counted must not be noted over all of it. */
  async keep({ webhook, waiting }: Standing): Promise<void> {
    await this.#noting
    const { count } = waiting
    waiting.close()
    if (count > 0) await this.#keep({ id: webhook.id, texts: [...waiting.texts], count })
    else if (this.#noted.has(webhook.id)) await this.#keep({ id: webhook.id, texts: [], count: 0 })
  }

  forget(id: string): void {
    this.#noted.delete(id)
  }

  async #noteAll(couriers: readonly Standing[]): Promise<void> {
    for (const { webhook, waiting } of couriers) {
      if (waiting.count !== (this.#noted.get(webhook.id) ?? 0)) await this.note(webhook.id, waiting.count)
    }
  }

  async #keep(kept: KeptWaiting): Promise<void> {
    try {
      await this.#store.keepWaiting(kept)
    } catch (error) {
      this.#log.error({ err: error, webhook: kept.id }, 'what waits for a webhook was not kept')
    }
  }
}
