import { type Signal, signal } from '@preact/signals'
import type { EventsView } from '../../server/api.ts'
import { type ApiError, asApiError, type TranscriptAsk } from '../api.ts'
import { addPage, NO_TRANSCRIPT, type Transcript } from './transcript.ts'

type Wanted = Omit<TranscriptAsk, 'cursor'>

/** Fetches a transcript page after page. An answer to a question that is no longer asked is thrown away. */
export class TranscriptPager {
  readonly transcript: Signal<Transcript> = signal(NO_TRANSCRIPT)
  readonly error: Signal<ApiError | null> = signal(null)
  readonly #fetch: (ask: TranscriptAsk) => Promise<EventsView>
  #wanted: Wanted | null = null
  #question = 0
  #busy = false
  /** What the last question stood on. */
  #before: Transcript = NO_TRANSCRIPT

  constructor(fetch: (ask: TranscriptAsk) => Promise<EventsView>) {
    this.#fetch = fetch
  }

  get started(): boolean {
    return this.#wanted !== null
  }

  /** What is shown stays until the first page of the new question is there. `from`: cursor of a place inside the stream. */
  async start(wanted: Wanted, from: string | null = null): Promise<void> {
    this.#wanted = wanted
    this.#question++
    this.#busy = false
    await this.#page({ ...NO_TRANSCRIPT, next: from, cut: from !== null || typeof wanted.from === 'number' })
  }

  async restart(): Promise<void> {
    if (this.#wanted) await this.start({ ...this.#wanted, from: null })
  }

  /** Asks once more what was not answered: the rows that are shown may be of the question before. */
  async again(): Promise<void> {
    await this.#page(this.#before)
  }

  async more(): Promise<void> {
    const shown = this.transcript.peek()
    if (shown.next !== null || !shown.loaded) await this.#page(shown)
  }

  async #page(before: Transcript): Promise<void> {
    if (this.#busy || !this.#wanted) return
    const question = this.#question
    this.#before = before
    this.#busy = true
    this.error.value = null
    try {
      const page = await this.#fetch({ ...this.#wanted, cursor: before.next })
      if (question === this.#question) this.transcript.value = addPage(before, page)
    } catch (thrown) {
      if (question === this.#question) this.error.value = asApiError(thrown)
    } finally {
      if (question === this.#question) this.#busy = false
    }
  }
}
