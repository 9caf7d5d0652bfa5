import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from './log.ts'

/** How often the process says that it lives, ms: how exactly the next one knows when it ended. */
export const BEAT_EVERY_MS = 5_000

/** A file with the time at which this process was last alive, so that the next one knows since when nobody listened. */
export class Heartbeat {
  readonly #path: string
  readonly #log: Log
  #timer: NodeJS.Timeout | null = null

  constructor(dataDir: string, log: Log) {
    this.#path = join(dataDir, 'heartbeat')
    this.#log = log
  }

  /** When the process before this one was last alive, ms; null when there was none. Begins to beat. */
  async begin(): Promise<number | null> {
    const text = await readFile(this.#path, 'utf8').catch(() => '')
    this.#timer = setInterval(() => void this.#beat(), BEAT_EVERY_MS)
    this.#timer.unref()
    const at = Number(text.trim())
    return Number.isSafeInteger(at) && at > 0 && at <= Date.now() ? at : null
  }

  async stop(): Promise<void> {
    if (this.#timer === null) return
    clearInterval(this.#timer)
    await this.#beat()
  }

  /** A full disk must not stop a heart. */
  async #beat(): Promise<void> {
    await writeFile(this.#path, String(Date.now()), { mode: 0o600 }).catch((error: unknown) =>
      this.#log.debug({ err: error }, 'the heartbeat could not be written'),
    )
  }
}
