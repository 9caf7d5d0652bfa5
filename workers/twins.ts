/** Messages of shared chats remembered of one channel at least. */
export const TWINS = 1_000

/**
 * A chat that several channels share brings one message several times, each under an id of its own and with the id of the original.
 * What takes it away may name any of them, and must reach the one that is shown.
 */
export class Twins {
  /** Id → id of the original. */
  readonly #originals = new Recent()
  /** Id of the original → id under which it is shown. */
  readonly #shown = new Recent()

  learn(id: string, original: string): void {
    this.#originals.set(id, original)
  }

  show(original: string, id: string): void {
    this.#shown.set(original, id)
  }

  /** The id under which this message is shown; the same one for whatever has no twin. */
  shownAs(id: string): string {
    const original = this.#originals.get(id) ?? id
    return this.#shown.get(original) ?? original
  }
}

/** Two generations, so that forgetting costs nothing. */
class Recent {
  #young = new Map<string, string>()
  #old = new Map<string, string>()

  get(key: string): string | undefined {
    return this.#young.get(key) ?? this.#old.get(key)
  }

  set(key: string, value: string): void {
    if (this.#young.size >= TWINS) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}
