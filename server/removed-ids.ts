import { KINDS } from '../workers/message.ts'
import { FLAG, type RecordHead } from '../workers/queue/record.ts'

/** Ids remembered of a channel that were taken away: as many as its worker remembers. */
export const REMOVED_IDS = 1_000

const REMOVE = KINDS.indexOf('remove')
const RESTORE = KINDS.indexOf('restore')

/** What of an event says whether it takes another one away. */
export type ActHead = Pick<RecordHead, 'kind' | 'flags' | 'target'>

/** Fingerprints of ids that were taken away, the newest `REMOVED_IDS`: what comes after its own removal may find another worker. */
export class RemovedIds {
  readonly #ids = new Set<number>()

  /** `ids`: oldest first. */
  constructor(ids: Iterable<number> = []) {
    for (const id of ids) this.#add(id)
  }

  /** In the channel's order. What a person wrote is taken away as far as it has come: that needs no memory. */
  note({ kind, flags, target }: ActHead): void {
    if ((flags & FLAG.byAuthor) !== 0) return
    if (kind === REMOVE) this.#add(target)
    else if (kind === RESTORE) this.#ids.delete(target)
  }

  /** Oldest first. */
  list(): number[] {
    return [...this.#ids]
  }

  #add(id: number): void {
    this.#ids.delete(id)
    this.#ids.add(id)
    for (const oldest of this.#ids) {
      if (this.#ids.size <= REMOVED_IDS) return
      this.#ids.delete(oldest)
    }
  }
}
