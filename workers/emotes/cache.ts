import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE, FOLDER_MODE } from '../keeping/files.ts'
import { Turns } from '../keeping/turns.ts'

/** Bytes of all files together, and how many there are; beyond that the one not used for longest goes. */
export const MAX_CACHE_BYTES = 64 * 1_024 * 1_024
export const MAX_CACHE_FILES = 2_000
/** Bytes of one file; a set of 5,000 emotes has some 600 kB. */
export const MAX_FILE_BYTES = 4 * 1_024 * 1_024

const NAME = /^[a-z0-9_-]{1,100}\.json$/i
const HALF = '.half'

/**
 * Files that can be fetched again: a folder of bounded size, read at start so that nobody waits for a network. A disk that does
 * not take or give them costs nothing but that: no call rejects.
 */
export class Cache {
  readonly #folder: string
  readonly #most: { bytes: number; files: number }
  readonly #turns = new Turns()
  /** Bytes by name, the one used longest ago first. */
  readonly #sizes = new Map<string, number>()
  #bytes = 0

  /** A whole set of files is looked at before the first of them is read. */
  constructor(folder: string, most = { bytes: MAX_CACHE_BYTES, files: MAX_CACHE_FILES }) {
    this.#folder = folder
    this.#most = most
    void this.#turn(() => this.#open())
  }

  /** Null when it is not there, or cannot be read. */
  async read(name: string): Promise<string | null> {
    return (
      (await this.#turn(async () => {
        const size = this.#sizes.get(name)
        if (size === undefined || size > MAX_FILE_BYTES) return null
        this.#note(name, size)
        return readFile(join(this.#folder, name), 'utf8')
      })) ?? null
    )
  }

  /** Whole or not at all: written beside it and then put in its place. */
  async write(name: string, text: string): Promise<void> {
    const bytes = Buffer.byteLength(text)
    if (bytes > MAX_FILE_BYTES || !NAME.test(name)) return
    await this.#turn(async () => {
      const path = join(this.#folder, name)
      await writeFile(`${path}${HALF}`, text, { mode: FILE_MODE })
      await rename(`${path}${HALF}`, path)
      this.#note(name, bytes)
      await this.#prune()
    })
  }

  /** Resolves when all that was asked for so far is done. */
  async settled(): Promise<void> {
    await this.#turn(async () => {})
  }

  async #turn<R>(task: () => Promise<R>): Promise<R | undefined> {
    // What cannot be kept is fetched again.
    return this.#turns.run(task).catch(() => undefined)
  }

  async #open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE })
    await chmod(this.#folder, FOLDER_MODE)
    const found: { name: string; size: number; used: number }[] = []
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name)
      if (name.endsWith(HALF)) await rm(path, { force: true })
      if (!NAME.test(name)) continue
      const { size, mtimeMs } = await stat(path)
      found.push({ name, size, used: mtimeMs })
    }
    for (const { name, size } of found.sort((one, other) => one.used - other.used)) this.#note(name, size)
    await this.#prune()
  }

  #note(name: string, bytes: number): void {
    this.#bytes += bytes - (this.#sizes.get(name) ?? 0)
    this.#sizes.delete(name)
    this.#sizes.set(name, bytes)
  }

  async #prune(): Promise<void> {
    for (const [name, bytes] of this.#sizes) {
      if (this.#bytes <= this.#most.bytes && this.#sizes.size <= this.#most.files) return
      await rm(join(this.#folder, name), { force: true })
      this.#sizes.delete(name)
      this.#bytes -= bytes
    }
  }
}
