import type { Drawable } from '../words.ts'
import type { DockState } from './state.ts'

/** What waits for a moderator, as the server lists it: oldest first. */
export interface HeldView {
  items: readonly HeldItem[]
  count: number
}
export interface HeldItem {
  event: Drawable
  rule: string
}

export const NONE_HELD: HeldView = { items: [], count: 0 }

/** Keeps the list of what waits as the server has it: fetched anew when the status says that it is another one. */
export class WaitingList {
  readonly #fetch: () => Promise<HeldView>
  readonly #changed: () => void
  /** Of which list the view is. */
  #known = ''
  #fetching = false
  #again = false
  view: HeldView = NONE_HELD

  constructor(fetch: () => Promise<HeldView>, changed: () => void) {
    this.#fetch = fetch
    this.#changed = changed
  }

  look({ place, status }: Pick<DockState, 'place' | 'status'>): void {
    if (status === null || place === null) return
    const wanted = `${place.epoch} ${status.held.changes}`
    if (wanted === this.#known) return
    this.#known = wanted
    if (status.held.count > 0) void this.refresh()
    else this.#become(NONE_HELD)
  }

  /** One call at a time; who asks meanwhile is answered by one more. A failure leaves the list, and the next status tries again. */
  async refresh(): Promise<void> {
    this.#again = this.#fetching
    if (this.#fetching) return
    this.#fetching = true
    try {
      this.#become(await this.#fetch())
    } catch {
      this.#known = ''
    } finally {
      this.#fetching = false
    }
    if (this.#again) await this.refresh()
  }

  #become(view: HeldView): void {
    this.view = view
    this.#changed()
  }
}
