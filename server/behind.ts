import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from './log.ts'

/** How often it is looked for streams whose archive stalls: what has waited for longer is noted; ms. */
export const LOOK_EVERY_MS = 2_000

/**
 * A file with how many events of each running stream wait for an archive that stalls. They are shown and nowhere else: when the process ends
 * before they are archived, the next one leaves a gap with their count.
 */
export class Behind {
  readonly #path: string
  readonly #log: Log
  /** What the process before left, of streams that are not taken up yet. */
  #left = new Map<string, number>()
  /** As the file has it; null = it was not read, since another server goes on with what this one leaves. */
  #kept: ReadonlyMap<string, number> | null = null
  #keeping: Promise<void> = Promise.resolve()

  constructor(dataDir: string, log: Log) {
    this.#path = join(dataDir, 'behind')
    this.#log = log
  }

  /** Reads what the process before left; a file that is missing or damaged says nothing. */
  async read(): Promise<void> {
    this.#kept = countsIn(await readFile(this.#path, 'utf8').catch(() => ''))
    this.#left = new Map(this.#kept)
  }

  /** How many events of this stream the process before could not archive; said once. */
  take(streamId: string): number {
    const count = this.#left.get(streamId) ?? 0
    this.#left.delete(streamId)
    return count
  }

  /** What was not taken by now is of streams that do not run any more. */
  forget(): void {
    this.#left.clear()
  }

  /** So many wait, by stream. */
  keep(waiting: ReadonlyMap<string, number>): Promise<void> {
    this.#keeping = this.#keeping.then(() => this.#write(new Map([...this.#left, ...waiting])))
    return this.#keeping
  }

  /** Replaced whole; where even this finds no room, the gap has no count to be left with. */
  async #write(waiting: ReadonlyMap<string, number>): Promise<void> {
    if (this.#kept === null || same(waiting, this.#kept)) return
    try {
      const next = `${this.#path}~`
      await writeFile(next, JSON.stringify(Object.fromEntries(waiting)), { mode: 0o600 })
      await rename(next, this.#path)
      this.#kept = new Map(waiting)
    } catch (error) {
      this.#log.debug({ err: error }, 'how far the archive is behind could not be written')
    }
  }
}

function same(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one.size === other.size && [...one].every(([stream, count]) => other.get(stream) === count)
}

function countsIn(text: string): Map<string, number> {
  try {
    const counts: unknown = JSON.parse(text)
    if (typeof counts !== 'object' || counts === null) return new Map()
    return new Map(Object.entries(counts).filter(([, count]) => Number.isSafeInteger(count) && count > 0))
  } catch {
    return new Map()
  }
}
