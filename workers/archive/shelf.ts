import { type FileHandle, open } from 'node:fs/promises'
import { Turns } from '../keeping/turns.ts'
import { FileRows, type Rows } from './rows.ts'

/** Bytes of memory for closed segments that were read last; a segment that needs more stands there alone. */
export const SHELF_BYTES = 12 * 1024 * 1024
/** Memory is made in multiples of so many bytes, so that nearly every piece fits nearly every segment. What is not used of it is not resident. */
export const PIECE_BYTES = 4 * 1024 * 1024

interface Standing {
  rows: Rows
  memory: Buffer
}

/**
 * Closed segments that were read last. They never change, so what stands here is true until its stream is removed. The
 * memory is used again for the next segment: were each read into memory of its own, the allocator would keep several
 * times of what stands here.
 */
export class Shelf {
  /** The one read longest ago first. */
  readonly #standing = new Map<string, Standing>()
  readonly #free: Buffer[] = []
  readonly #loads = new Turns()
  /** Bytes of all memory, free or not. */
  #bytes = 0
  /** The segment on its way from the disk, null once what it will hold is no longer true. */
  #loading: string | null = null

  get bytes(): number {
    return this.#bytes
  }

  /** `task` reads at once and keeps nothing of the rows: after it their memory may hold another segment. */
  async read<R>(path: string, task: (rows: Rows) => R): Promise<R> {
    const standing = this.#touched(path)
    if (standing !== null) return task(standing)
    // One at a time: nothing that stands, or has just been loaded, is taken down before its task ran.
    return this.#loads.run(async () => task(this.#touched(path) ?? (await this.#load(path))))
  }

  /** For whatever is about to change on the disk, or has changed. */
  forget(folder: string): void {
    if (this.#loading?.startsWith(folder) === true) this.#loading = null
    for (const path of [...this.#standing.keys()]) {
      if (path.startsWith(folder)) this.#takeDown(path)
    }
  }

  #touched(path: string): Rows | null {
    const standing = this.#standing.get(path)
    if (standing === undefined) return null
    this.#standing.delete(path)
    this.#standing.set(path, standing)
    return standing.rows
  }

  async #load(path: string): Promise<Rows> {
    this.#loading = path
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      const memory = this.#memoryFor(size)
      try {
        const rows = new FileRows(await filled(file, memory, size))
        this.#keep(path, { rows, memory })
        return rows
      } catch (error) {
        this.#free.push(memory)
        throw error
      }
    } finally {
      await file.close()
    }
  }

  /** What became untrue while it was read is given to whoever asked for it, and to nobody else. */
  #keep(path: string, standing: Standing): void {
    if (this.#loading === path) this.#standing.set(path, standing)
    else this.#free.push(standing.memory)
  }

  #memoryFor(size: number): Buffer {
    const needed = Math.max(1, Math.ceil(size / PIECE_BYTES)) * PIECE_BYTES
    for (;;) {
      const fitting = this.#free.findIndex((memory) => memory.length >= needed)
      const [memory] = fitting === -1 ? [] : this.#free.splice(fitting, 1)
      if (memory !== undefined) return memory
      if (this.#bytes === 0 || this.#bytes + needed <= SHELF_BYTES) {
        this.#bytes += needed
        return Buffer.allocUnsafeSlow(needed)
      }
      this.#makeRoom()
    }
  }

  /** Free memory that is too small goes first, then what was read longest ago. */
  #makeRoom(): void {
    const small = this.#free.pop()
    if (small !== undefined) this.#bytes -= small.length
    else for (const path of [...this.#standing.keys()].slice(0, 1)) this.#takeDown(path)
  }

  #takeDown(path: string): void {
    const standing = this.#standing.get(path)
    this.#standing.delete(path)
    if (standing !== undefined) this.#free.push(standing.memory)
  }
}

/** The file's bytes; fewer than `size` when it was cut meanwhile. */
async function filled(file: FileHandle, memory: Buffer, size: number): Promise<Buffer> {
  let length = 0
  while (length < size) {
    const { bytesRead } = await file.read(memory, length, size - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return memory.subarray(0, length)
}
