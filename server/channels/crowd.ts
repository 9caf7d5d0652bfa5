/** Sockets and event streams open at once from one client address, and in all. */
export const MAX_PER_CLIENT = 1_000
export const MAX_IN_ALL = 20_000

/** Counts who is connected, so that one address cannot take every place. */
export class Crowd {
  readonly #counts = new Map<string, number>()
  readonly #perClient: number
  readonly #inAll: number
  #all = 0

  constructor(perClient = MAX_PER_CLIENT, inAll = MAX_IN_ALL) {
    this.#perClient = perClient
    this.#inAll = inAll
  }

  /** Takes a place; gives the function that frees it, or null when there is none left. */
  enter(client: string): (() => void) | null {
    const count = this.#counts.get(client) ?? 0
    if (count >= this.#perClient || this.#all >= this.#inAll) return null
    this.#counts.set(client, count + 1)
    this.#all++
    let left = false
    return () => {
      if (left) return
      left = true
      this.#leave(client)
    }
  }

  #leave(client: string): void {
    this.#all--
    const count = (this.#counts.get(client) ?? 1) - 1
    if (count > 0) this.#counts.set(client, count)
    else this.#counts.delete(client)
  }
}
