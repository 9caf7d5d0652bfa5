import type { Drawable } from '../words.ts'
import { Kept } from './kept.ts'
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

/** What waits, asked for only where the status says that something does. */
export class WaitingList extends Kept<HeldView> {
  constructor(fetch: () => Promise<HeldView>, changed: () => void) {
    super(fetch, changed, NONE_HELD)
  }

  look({ place, status }: Pick<DockState, 'place' | 'status'>): void {
    if (status === null || place === null) return
    const wanted = `${place.epoch} ${status.held.changes}`
    if (status.held.count > 0) this.want(wanted)
    else this.have(wanted, NONE_HELD)
  }
}
