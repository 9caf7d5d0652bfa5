import { CrossChatError } from '../errors.ts'

/** Bytes of bodies that are on their way in and not yet whole, of all callers and of one; whoever sends more is asked to wait. */
export const MAX_ARRIVING_BYTES = 64 * 1_024 * 1_024
export const MAX_ARRIVING_OF_ONE = 8 * 1_024 * 1_024
/** Whoever has no more than this on its way is let in however much others send. */
const LITTLE_BYTES = 64 * 1_024
const RETRY_AFTER_S = 2

/** One body on its way in. */
export interface Arrival {
  /** Throws `busy` when there is no room for so many bytes more. */
  grow(bytes: number): void
  /** It is whole, or it will not be. */
  end(): void
}

/** How much of bodies is in memory before anybody has looked at them. */
export class Arriving {
  readonly #of = new Map<string, number>()
  #all = 0

  /** @param key whose body it is, as in limits */
  begin(key: string): Arrival {
    let own = 0
    const grow = (bytes: number) => {
      const of = (this.#of.get(key) ?? 0) + bytes
      if (of > MAX_ARRIVING_OF_ONE || (of > LITTLE_BYTES && this.#all + bytes > MAX_ARRIVING_BYTES))
        throw new CrossChatError('busy', { retryAfter: RETRY_AFTER_S })
      own += bytes
      this.#add(key, bytes)
    }
    const end = () => {
      this.#add(key, -own)
      own = 0
    }
    return { grow, end }
  }

  #add(key: string, bytes: number): void {
    this.#all += bytes
    const of = (this.#of.get(key) ?? 0) + bytes
    if (of > 0) this.#of.set(key, of)
    else this.#of.delete(key)
  }
}
