import { type Signal, signal } from '@preact/signals'
import { type ApiError, asApiError } from '../api.ts'

/** Something fetched: on its way, there, or failed. What is there stays there while it is fetched again. */
export type Loaded<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; error: ApiError }

export class Resource<T> {
  readonly now: Signal<Loaded<T>> = signal({ state: 'loading' })
  readonly #fetch: () => Promise<T>
  /** Only the newest call may speak. */
  #call = 0

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch
  }

  get value(): T | null {
    return this.now.value.state === 'ready' ? this.now.value.value : null
  }

  set(value: T): void {
    this.#call++
    this.now.value = { state: 'ready', value }
  }

  /** Asks again: what is there stays also when no answer comes, and without a word unless `failed` says one. */
  async refresh(failed: (error: ApiError) => void = () => undefined): Promise<void> {
    const call = ++this.#call
    try {
      const value = await this.#fetch()
      if (call === this.#call) this.now.value = { state: 'ready', value }
    } catch (thrown) {
      if (call === this.#call) failed(asApiError(thrown))
    }
  }

  reset(): void {
    this.#call++
    this.now.value = { state: 'loading' }
  }

  async load(): Promise<void> {
    const call = ++this.#call
    if (this.now.peek().state === 'failed') this.now.value = { state: 'loading' }
    try {
      const value = await this.#fetch()
      if (call === this.#call) this.now.value = { state: 'ready', value }
    } catch (thrown) {
      if (call === this.#call) this.now.value = { state: 'failed', error: asApiError(thrown) }
    }
  }
}
