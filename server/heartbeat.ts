import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from './log.ts'

/** How often the process says that it lives, ms: how exactly the next one knows when it ended. */
export const BEAT_EVERY_MS = 5_000

/** What the last beat of the process before this one says. */
export interface LastBeat {
  /** When it was last alive, ms; null = there was none. */
  at: number | null
  /** Since when those were away that were not heard then, by name; null = they had missed nothing. */
  away: Record<string, number | null>
}

/** A file with the time at which this process was last alive, so that the next one knows since when nobody listened. */
export class Heartbeat {
  readonly #path: string
  readonly #log: Log
  #timer: NodeJS.Timeout | null = null
  #beating: Promise<void> = Promise.resolve()
  /** Asked at each beat for those who are not heard right now. */
  away: () => LastBeat['away'] = () => ({})

  constructor(dataDir: string, log: Log) {
    this.#path = join(dataDir, 'heartbeat')
    this.#log = log
  }

  /** Reads what the process before this one left. */
  async last(): Promise<LastBeat> {
    return lastOf(await readFile(this.#path, 'utf8').catch(() => ''), Date.now())
  }

  begin(): void {
    this.#timer = setInterval(() => this.#beat(), BEAT_EVERY_MS)
    this.#timer.unref()
  }

  /** The last beat, for the end of the process. One that never began leaves what stands. */
  async stop(): Promise<void> {
    if (this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
    this.#beat()
    await this.#beating
  }

  #beat(): void {
    this.#beating = this.#beating.then(() => this.#write())
  }

  /** Replaced whole: a process that is killed meanwhile leaves the beat before. A full disk must not stop a heart. */
  async #write(): Promise<void> {
    try {
      const next = `${this.#path}~`
      await writeFile(next, JSON.stringify({ at: Date.now(), away: this.away() }), { mode: 0o600 })
      await rename(next, this.#path)
    } catch (error) {
      this.#log.debug({ err: error }, 'the heartbeat could not be written')
    }
  }
}

/** What cannot be read tells nothing. What lies in the future was written before the clock was set back: it counts as just now, so that a break is told. */
function lastOf(text: string, now: number): LastBeat {
  const { at, away } = fieldsOf(text)
  if (!isTime(at)) return { at: null, away: {} }
  const named = typeof away === 'object' && away !== null ? Object.entries(away) : []
  const since = named.map(([name, since]) => [name, isTime(since) ? Math.min(since, now) : null])
  return { at: Math.min(at, now), away: Object.fromEntries(since) }
}

function fieldsOf(text: string): { at?: unknown; away?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}
