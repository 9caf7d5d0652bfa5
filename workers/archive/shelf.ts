import { readFile } from 'node:fs/promises'
import { FileRows, type Rows } from './rows.ts'

/** Closed segments kept in memory for the next page. */
export const READ_SEGMENTS = 8

/** Closed segments that were read last. They never change, so what stands here is true until its stream is removed. */
export class Shelf {
  readonly #rows = new Map<string, Rows>()

  async get(path: string): Promise<Rows> {
    const rows = this.#rows.get(path) ?? new FileRows(await readFile(path))
    this.#rows.delete(path)
    this.#rows.set(path, rows)
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= READ_SEGMENTS) break
      this.#rows.delete(oldest)
    }
    return rows
  }

  /** For whatever is about to change on the disk. */
  forget(folder: string): void {
    for (const path of this.#rows.keys()) {
      if (path.startsWith(folder)) this.#rows.delete(path)
    }
  }
}
