/** Sizes of memory that is used again: powers of two between these; a text that needs more has memory of its own. */
const SMALLEST = 16 * 1024
const LARGEST = 2 * 1024 * 1024
/** Free memory that is kept. */
export const FREE_BYTES = 4 * 1024 * 1024

/**
 * Memory for texts that go to the main thread and come back when they are sent. Were each written into memory of its own, the main thread
 * would collect garbage several times a second while somebody reads much, and every chat would wait for that.
 */
export class PageMemory {
  readonly #free: ArrayBuffer[] = []
  #bytes = 0

  /** The UTF-8 of the text, at the beginning of memory that may be longer. */
  written(text: string): Uint8Array<ArrayBuffer> {
    const length = Buffer.byteLength(text)
    const memory = this.#memoryFor(length)
    Buffer.from(memory).write(text)
    return new Uint8Array(memory, 0, length)
  }

  /** What is too much, or of no size that is asked for, is left to the collector. */
  back(memory: ArrayBuffer): void {
    const { byteLength } = memory
    if (sizeFor(byteLength) !== byteLength || this.#bytes + byteLength > FREE_BYTES) return
    this.#free.push(memory)
    this.#bytes += byteLength
  }

  #memoryFor(length: number): ArrayBuffer {
    const size = sizeFor(length)
    const fitting = this.#free.findIndex(({ byteLength }) => byteLength === size)
    const [memory] = fitting === -1 ? [] : this.#free.splice(fitting, 1)
    if (memory !== undefined) this.#bytes -= size
    return memory ?? new ArrayBuffer(size)
  }
}

function sizeFor(length: number): number {
  return length > LARGEST ? length : Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(Math.max(1, length))))
}
