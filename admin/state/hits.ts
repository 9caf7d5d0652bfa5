import { type Signal, signal } from '@preact/signals'
import type { PageView, SearchHit } from '../../server/api.ts'
import { type ApiError, asApiError } from '../api.ts'

/** What a search over all streams has found so far. */
export interface Hits {
  q: string
  items: readonly SearchHit[]
  next: string | null
}

/** Hits kept in the page; who wants more asks more exactly. */
export const MAX_HITS = 500
/** Pages asked for in a row that gave nothing, before the person is asked whether to go on. */
const PAGES_IN_A_ROW = 100

/** Searches page after page. An answer to a question that is no longer asked is thrown away. */
export class HitPager {
  /** Null = nothing is asked. */
  readonly hits: Signal<Hits | null> = signal(null)
  readonly busy: Signal<boolean> = signal(false)
  readonly error: Signal<ApiError | null> = signal(null)
  readonly #fetch: (q: string, cursor: string | null) => Promise<PageView<SearchHit>>
  #question = 0
  /** What the last question stood on. */
  #before: Hits | null = null

  constructor(fetch: (q: string, cursor: string | null) => Promise<PageView<SearchHit>>) {
    this.#fetch = fetch
  }

  async start(q: string): Promise<void> {
    this.#question++
    this.#before = null
    this.error.value = null
    this.busy.value = false
    if (q.trim() === '') this.hits.value = null
    else await this.#pages({ q, items: [], next: null })
  }

  async more(): Promise<void> {
    const hits = this.hits.peek()
    if (hits !== null && hits.next !== null && !this.busy.peek()) await this.#pages(hits)
  }

  /** Asks once more what was not answered. */
  async again(): Promise<void> {
    if (this.#before !== null && !this.busy.peek()) await this.#pages(this.#before)
  }

  /** A page may hold nothing and still have a next one: it goes on until there is something to show. */
  async #pages(before: Hits): Promise<void> {
    const question = this.#question
    const asked = () => question === this.#question
    this.#before = before
    this.busy.value = true
    this.error.value = null
    try {
      let hits = before
      for (let pages = 0; pages < PAGES_IN_A_ROW && asked(); pages++) {
        const page = await this.#fetch(before.q, hits.next)
        hits = { ...hits, items: [...hits.items, ...page.items].slice(0, MAX_HITS), next: page.next }
        if (page.items.length > 0 || page.next === null) break
      }
      if (asked()) this.hits.value = { ...hits, next: hits.items.length >= MAX_HITS ? null : hits.next }
    } catch (thrown) {
      if (asked()) this.error.value = asApiError(thrown)
    } finally {
      if (asked()) this.busy.value = false
    }
  }
}
