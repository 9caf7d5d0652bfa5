import { statfs } from 'node:fs/promises'
import { StorageError } from './storage-error.ts'

/** Bytes that stay free on the disk: a load or a compaction writes a file a second time before it replaces the first. */
export const KEEP_FREE = 64 * 1024 * 1024
/** How long one look at the disk counts, in ms. */
export const LOOK_COUNTS_FOR = 250

/** The free space of the disk under one folder. */
export class Space {
  readonly #folder: string
  readonly #keepFree: number
  #free = 0
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(folder: string, keepFree: number = KEEP_FREE) {
    this.#folder = folder
    this.#keepFree = keepFree
  }

  /** Throws StorageError unless more than twice the file, and more than what must stay free, is there. */
  async require(fileBytes: number): Promise<void> {
    const needed = Math.max(2 * fileBytes, this.#keepFree)
    const free = await this.#look()
    if (free <= needed) {
      throw new StorageError(`The disk has ${free} bytes left; writing here needs more than ${needed}.`)
    }
  }

  /** The next `require` looks at the disk itself. */
  forget(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY
  }

  async #look(): Promise<number> {
    const now = performance.now()
    if (now - this.#lookedAt < LOOK_COUNTS_FOR) return this.#free
    const disk = await statfs(this.#folder)
    this.#free = disk.bavail * disk.bsize
    this.#lookedAt = now
    return this.#free
  }
}
