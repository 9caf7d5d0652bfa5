const FIRST_SLOTS = 64
const FREE = 0
const FORGOTTEN = -1

/**
 * A set of fingerprints in one piece of memory: 8 bytes a slot, of which a quarter at least stays free. In a Set each takes some 50.
 * Fingerprints are whole numbers from 1.
 */
export class MarkSet {
  #slots = new Float64Array(FIRST_SLOTS)
  /** Slots that are not free: those of forgotten ones, too. */
  #used = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  get bytes(): number {
    return this.#slots.byteLength
  }

  has(mark: number): boolean {
    return this.#slots[this.#slotOf(mark)] === mark
  }

  add(mark: number): void {
    if (this.has(mark)) return
    if ((this.#used + 1) * 4 > this.#slots.length * 3) this.#makeRoom()
    this.#slots[this.#slotOf(mark)] = mark
    this.#used++
    this.#size++
  }

  delete(mark: number): void {
    const slot = this.#slotOf(mark)
    if (this.#slots[slot] !== mark) return
    // Not free: what was added behind it is found over it.
    this.#slots[slot] = FORGOTTEN
    this.#size--
  }

  /** Where it stands, or the free slot where it would. */
  #slotOf(mark: number): number {
    const last = this.#slots.length - 1
    let slot = (mark >>> 0) & last
    while (this.#slots[slot] !== mark && this.#slots[slot] !== FREE) slot = (slot + 1) & last
    return slot
  }

  /** Of twice the size, unless forgetting has made room enough. */
  #makeRoom(): void {
    const before = this.#slots
    this.#slots = new Float64Array(this.#size * 2 > before.length ? before.length * 2 : before.length)
    this.#used = this.#size
    for (const mark of before) if (mark !== FREE && mark !== FORGOTTEN) this.#slots[this.#slotOf(mark)] = mark
  }
}
