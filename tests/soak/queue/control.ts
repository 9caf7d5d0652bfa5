/** A few words of shared memory between a writing thread and whoever ends it, apart from the queue it writes to. */

const WORDS = {
  /** The last seq whose write has returned. */
  returned: 0,
  /** Counts freezes: odd while the thread stands still. */
  frozen: 1,
  /** What it was about to do: the operation, and the word of the queue. */
  operation: 2,
  word: 3,
  /** Asked to end after the batch in hand. */
  asked: 4,
  /** 0 until the thread may begin: threads start long before they are needed. */
  go: 5,
} as const

export class Control {
  readonly shared: SharedArrayBuffer
  readonly #words: Int32Array

  constructor(shared = new SharedArrayBuffer(Object.keys(WORDS).length * Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared
    this.#words = new Int32Array(shared)
  }

  // The thread's side.

  awaitGo(): void {
    Atomics.wait(this.#words, WORDS.go, 0)
  }

  noteReturned(seq: number): void {
    if (Atomics.exchange(this.#words, WORDS.returned, seq) === 0) Atomics.notify(this.#words, WORDS.returned)
  }

  get asked(): boolean {
    return Atomics.load(this.#words, WORDS.asked) !== 0
  }

  /** Stands still until `resume`, or for ever. */
  freeze(operation: number, word: number): void {
    Atomics.store(this.#words, WORDS.operation, operation)
    Atomics.store(this.#words, WORDS.word, word)
    const frozen = Atomics.add(this.#words, WORDS.frozen, 1) + 1
    Atomics.notify(this.#words, WORDS.frozen)
    while (Atomics.load(this.#words, WORDS.frozen) === frozen) Atomics.wait(this.#words, WORDS.frozen, frozen)
  }

  // The other side.

  get returned(): number {
    return Atomics.load(this.#words, WORDS.returned)
  }

  get operation(): number {
    return Atomics.load(this.#words, WORDS.operation)
  }

  get word(): number {
    return Atomics.load(this.#words, WORDS.word)
  }

  go(): void {
    Atomics.store(this.#words, WORDS.go, 1)
    Atomics.notify(this.#words, WORDS.go)
  }

  /** Resolves after the first write has returned. */
  began(): Promise<void> {
    return this.#changed(WORDS.returned, (value) => value !== 0)
  }

  get isFrozen(): boolean {
    return Atomics.load(this.#words, WORDS.frozen) % 2 === 1
  }

  /** Resolves when the thread stands still. */
  stands(): Promise<void> {
    return this.#changed(WORDS.frozen, () => this.isFrozen)
  }

  resume(): void {
    Atomics.add(this.#words, WORDS.frozen, 1)
    Atomics.notify(this.#words, WORDS.frozen)
  }

  ask(): void {
    Atomics.store(this.#words, WORDS.asked, 1)
  }

  async #changed(word: number, holds: (value: number) => boolean): Promise<void> {
    for (let value = Atomics.load(this.#words, word); !holds(value); value = Atomics.load(this.#words, word)) {
      const wait = Atomics.waitAsync(this.#words, word, value)
      if (wait.async) await wait.value
    }
  }
}
