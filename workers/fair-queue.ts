interface Line<T> {
  things: { thing: T; cost: number }[]
  credit: number
}

/**
 * One line a key, and turns between the lines by what is spent (deficit round robin): whoever puts much in waits behind their own, and
 * holds up the others by no more than one turn each. In a line, the order is that of coming.
 */
export class FairQueue<K, T> {
  /** In the order of their turns. */
  readonly #lines = new Map<K, Line<T>>()
  readonly #quantum: number
  #size = 0

  /** `quantum`: what a line may spend at each of its turns; who wants more saves it up over several. */
  constructor(quantum: number) {
    this.#quantum = quantum
  }

  /** Things that wait, of all lines. */
  get size(): number {
    return this.#size
  }

  add(key: K, thing: T, cost: number): void {
    this.#size++
    const line = this.#lines.get(key)
    if (line === undefined) this.#lines.set(key, { things: [{ thing, cost }], credit: this.#quantum })
    else line.things.push({ thing, cost })
  }

  /** Takes out the first thing of one line, whoever's turn it is; undefined when nothing waits there. */
  nextOf(key: K): T | undefined {
    const line = this.#lines.get(key)
    const head = line?.things.shift()
    if (line === undefined || head === undefined) return undefined
    this.#size--
    line.credit -= Math.min(line.credit, head.cost)
    if (line.things.length === 0) this.#lines.delete(key)
    return head.thing
  }

  /** What the first thing of this line costs; undefined when nothing waits there. */
  costOf(key: K): number | undefined {
    return this.#lines.get(key)?.things[0]?.cost
  }

  has(key: K): boolean {
    return this.#lines.has(key)
  }

  /** The keys of whoever waits, in the order of their turns. */
  keys(): Iterable<K> {
    return this.#lines.keys()
  }

  /** Takes out whatever is next; undefined when nothing waits. */
  next(): T | undefined {
    for (;;) {
      const [first] = this.#lines
      if (first === undefined) return undefined
      const [key, line] = first
      const [head] = line.things
      if (head !== undefined && (head.cost <= line.credit || this.#lines.size === 1)) {
        line.things.shift()
        this.#size--
        line.credit -= Math.min(line.credit, head.cost)
        if (line.things.length === 0) this.#lines.delete(key)
        return head.thing
      }
      this.#lines.delete(key)
      line.credit += this.#quantum
      this.#lines.set(key, line)
    }
  }
}
