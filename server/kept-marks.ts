import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Entry, REMEMBERED_MARKS } from './entries.ts'
import type { Log } from './log.ts'
import { REMOVED_IDS } from './removed-ids.ts'
import { Turns } from './turns.ts'

/** How often what channels have shown is kept, where it has changed; ms. */
export const KEEP_EVERY_MS = 30_000
/** Begins each file; the last byte is the form's number. */
const HEAD = Buffer.from('CCMARKS1')
const MARK_BYTES = 8
const MAX_FILE_BYTES = HEAD.length + (REMEMBERED_MARKS + REMOVED_IDS) * MARK_BYTES

/** Fingerprints of what a channel has shown, and of ids that were taken away, both oldest first. */
export interface ShownMarks {
  marks: number[]
  removed: number[]
}
const NONE: ShownMarks = { marks: [], removed: [] }

/** One file a channel. */
export interface MarkFiles {
  /** Null = there is none that can be read. */
  read(channelId: string): Promise<Buffer | null>
  /** Replaced whole: whoever is killed meanwhile leaves the file before. */
  write(channelId: string, bytes: Buffer): Promise<void>
}

/**
 * What a channel has shown, and what was taken away, one file a channel, so that what comes again after a restart is a duplicate, and what
 * comes after its removal stays away, whether a stream ran or not. A file that is missing or damaged means only that this is forgotten.
 * Nothing of this is waited for while chat goes by.
 *
 * What still waits for the transcript is not among it: after a kill it comes again, and must find its way into the file.
 */
export class KeptMarks {
  readonly #files: MarkFiles
  readonly #log: Log
  readonly #turns = new Turns()
  #timer: NodeJS.Timeout | null = null
  #round: Promise<void> | null = null
  readonly #keeping = new Set<Promise<void>>()

  readonly #unsettled: (channelId: string, seq: number) => number

  /** `unsettled`: how many of a channel's newest events, up to its last seq, wait for the transcript. */
  constructor(
    dataDir: string,
    log: Log,
    unsettled: (channelId: string, seq: number) => number = () => 0,
    files = markFilesIn(join(dataDir, 'marks')),
  ) {
    this.#files = files
    this.#log = log
    this.#unsettled = unsettled
  }

  /** Keeps what changes from now on. */
  begin(entries: () => Iterable<Entry>, everyMs = KEEP_EVERY_MS): void {
    this.#timer = setInterval(() => {
      this.#round ??= this.#keepAll([...entries()]).finally(() => {
        this.#round = null
      })
    }, everyMs)
    this.#timer.unref()
  }

  /** None when nothing is known. */
  read(channelId: string): Promise<ShownMarks> {
    return this.#turns.take(channelId, async () => {
      const bytes = await this.#files.read(channelId)
      return bytes === null ? NONE : marksIn(bytes)
    })
  }

  /** Keeps what this channel has shown, if that has changed. */
  async keep(entry: Entry): Promise<void> {
    const keeping = this.#turns.take(entry.id, () => this.#keep(entry))
    this.#keeping.add(keeping)
    await keeping
    this.#keeping.delete(keeping)
  }

  /** Keeps all of it once more, for the end of the process. */
  async stop(entries: Iterable<Entry>): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#round
    await this.#keepAll([...entries])
    await Promise.all(this.#keeping)
  }

  async #keep(entry: Entry): Promise<void> {
    // Each event has left one mark.
    const settled = Math.max(0, entry.marks.added - this.#unsettled(entry.id, entry.seq))
    if (settled === entry.marksKept) return
    try {
      await this.#files.write(
        entry.id,
        bytesOf([...entry.marks.list(settled), ...entry.removed.list().map((id) => -id)]),
      )
      entry.marksKept = settled
    } catch (error) {
      this.#log.warn({ err: error, channel: entry.id }, 'what a channel has shown could not be kept')
    }
  }

  /** One after the other: nobody waits for them. */
  async #keepAll(entries: Entry[]): Promise<void> {
    for (const entry of entries) await this.keep(entry)
  }
}

function markFilesIn(folder: string): MarkFiles {
  return {
    read: (channelId) => readFile(join(folder, channelId)).catch(() => null),
    async write(channelId, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, channelId)
      await writeFile(`${path}~`, bytes, { mode: 0o600 })
      await rename(`${path}~`, path)
    },
  }
}

/** Below zero stands what was taken away. */
function bytesOf(marks: readonly number[]): Buffer {
  const bytes = Buffer.alloc(HEAD.length + marks.length * MARK_BYTES)
  HEAD.copy(bytes)
  for (const [place, mark] of marks.entries()) bytes.writeDoubleLE(mark, HEAD.length + place * MARK_BYTES)
  return bytes
}

/** None of a file that is not whole. */
function marksIn(bytes: Buffer): ShownMarks {
  const count = (bytes.length - HEAD.length) / MARK_BYTES
  const whole = Number.isInteger(count) && bytes.length <= MAX_FILE_BYTES && bytes.subarray(0, HEAD.length).equals(HEAD)
  if (!whole) return NONE
  const marks = Array.from({ length: count }, (_, place) => bytes.readDoubleLE(HEAD.length + place * MARK_BYTES))
  if (!marks.every((mark) => Number.isSafeInteger(mark) && mark !== 0)) return NONE
  return { marks: marks.filter((mark) => mark > 0), removed: marks.filter((mark) => mark < 0).map((mark) => -mark) }
}
