import { chmod, rm, truncate } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import Datastore from 'nedb-promises'
import { exists, FILE_MODE, FOLDER_MODE, sizeOf, syncFile } from './files.ts'
import type { Document } from './lines.ts'
import { type Rules, readDocuments, repair } from './repair.ts'
import type { Space } from './space.ts'
import { ClosedError, StorageError } from './storage-error.ts'
import { Turns } from './turns.ts'

/** Writes after which the file is compacted: every change is a line more, also of a document that stands already. */
export const COMPACT_AFTER = 20_000

export interface Keeping<D extends Document> extends Rules<D> {
  space: Space
  /** Fields with an index beside the unique ones. */
  indexed?: readonly string[]
}

/** NeDB as we use it; `compactDatafileAsync` and `getAllData` are the original's, which nedb-promises hands through. */
export type Engine<D extends Document> = Datastore<D> & {
  /** nedb-promises' own compactDatafile() resolves before the file is written. */
  compactDatafileAsync(): Promise<void>
  /** In the order of `_id`; the documents themselves, not copies. */
  getAllData(): D[]
  /** How NeDB reads its file. */
  persistence: { treatRawStreamAsync(file: Readable): Promise<unknown> }
}

/**
 * open: in memory and on the disk stand the same.
 * readonly: the disk did not take a write or a load; reads go on from a copy in memory, a write first tries to open again.
 * lost: not even reading worked; every call tries again.
 */
type State = 'open' | 'readonly' | 'lost' | 'closed'

/**
 * One NeDB datafile with a guard around it, for the faults that NeDB has no answer to: torn tails, full disks, memory
 * that runs ahead of the disk after a failed write. A write that resolves is in the file; a write that rejects has left
 * nothing there. Never autocompacted: on a full disk that ends the process.
 */
export class Datafile<D extends Document> {
  readonly #keeping: Keeping<D>
  readonly #turns = new Turns()
  #engine: Engine<D> | null = null
  #state: State | null = null
  #everOpen = false
  /** Bytes of the file after the last good write. */
  #size = 0
  /** Set by a failed write: what stands behind these bytes was never acknowledged and must go before anything else. */
  #cutTo: number | null = null
  #writes = 0

  private constructor(keeping: Keeping<D>) {
    this.#keeping = keeping
  }

  /** Repairs and loads the file, or makes it. On a full disk it opens readonly; throws StorageError if nothing can be read. */
  static async open<D extends Document>(keeping: Keeping<D>): Promise<Datafile<D>> {
    const file = new Datafile(keeping)
    await file.#turns.run(() => file.#reopen())
    if (file.#state === 'lost') throw new StorageError(`${keeping.path} cannot be read.`)
    return file
  }

  get size(): number {
    return this.#size
  }
  get writable(): boolean {
    return this.#state === 'open'
  }

  read<R>(task: (engine: Engine<D>) => Promise<R> | R): Promise<R> {
    return this.#turns.run(async () => task(await this.#readable()))
  }

  /**
   * `task` makes at most one change. A violated unique index is thrown as NeDB throws it and changes nothing; any other
   * failure becomes StorageError, after the file has been taken back to what it was before. `lasting`: it counts once it is on the disk, so
   * that one which did not get there has not happened.
   */
  write<R>(task: (engine: Engine<D>) => Promise<R>, lasting = false): Promise<R> {
    return this.#turns.run(async () => {
      const engine = await this.#writableEngine()
      const result = await this.#guarded(() => task(engine), lasting)
      this.#writes += 1
      if (this.#writes >= COMPACT_AFTER) await this.#compact(engine)
      return result
    })
  }

  /** Waits until everything written so far is on the disk. */
  sync(): Promise<void> {
    return this.#turns.run(async () => {
      // Room may have come back since it was opened.
      await this.#writableEngine()
      await this.#onDisk(() => syncFile(this.#keeping.path))
    })
  }

  /** Writes the file anew with what stands now: what was changed or removed is in no line of it any more. */
  rewrite(): Promise<void> {
    return this.#turns.run(async () => {
      const engine = await this.#writableEngine()
      await this.#onDisk(() => engine.compactDatafileAsync())
      this.#writes = 0
      this.#size = await sizeOf(this.#keeping.path)
    })
  }

  /** On the disk, and out of memory. Later calls reject. Not compacted: the next load writes the file anew anyway. */
  close(): Promise<void> {
    return this.#turns.run(async () => {
      const wasOpen = this.#state === 'open'
      this.#state = 'closed'
      this.#engine = null
      if (wasOpen) await this.#onDisk(() => syncFile(this.#keeping.path))
    })
  }

  async #readable(): Promise<Engine<D>> {
    if (this.#state === 'lost') await this.#reopen()
    if (this.#engine === null) throw this.#refusal()
    return this.#engine
  }

  async #writableEngine(): Promise<Engine<D>> {
    if (this.#state === 'closed') throw this.#refusal()
    if (this.#state !== 'open') await this.#reopen()
    if (this.#state !== 'open' || this.#engine === null) throw this.#refusal()
    await this.#onDisk(() => this.#keeping.space.require(this.#size))
    return this.#engine
  }

  async #guarded<R>(change: () => Promise<R>, lasting: boolean): Promise<R> {
    try {
      const result = await change()
      if (lasting) await syncFile(this.#keeping.path)
      this.#size = await sizeOf(this.#keeping.path)
      return result
    } catch (error) {
      if (isUniqueViolation(error)) throw error
      await this.#afterFailedWrite(error)
      throw new StorageError(`${this.#keeping.path} did not take a write.`, error)
    }
  }

  /** NeDB keeps in memory what the disk refused, so memory is thrown away and the file, cut back, loaded again. */
  async #afterFailedWrite(error: unknown): Promise<void> {
    this.#keeping.note('error', 'a data file did not take a write', { file: this.#keeping.path, err: error })
    this.#cutTo = this.#size
    this.#keeping.space.forget()
    await this.#reopen()
  }

  async #reopen(): Promise<void> {
    this.#engine = null
    try {
      await this.#cutBack()
      this.#engine = await this.#load()
      this.#become('open', null)
    } catch (error) {
      await this.#readOnly(error)
    }
  }

  async #cutBack(): Promise<void> {
    if (this.#cutTo === null) return
    if ((await sizeOf(this.#keeping.path)) > this.#cutTo) {
      await truncate(this.#keeping.path, this.#cutTo)
      await syncFile(this.#keeping.path)
    }
    this.#cutTo = null
  }

  async #load(): Promise<Engine<D>> {
    const { path, space, unique = [], indexed = [] } = this.#keeping
    await space.require(await sizeOf(path))
    await repair(this.#keeping)
    const engine = engineOf<D>(path)
    await engine.load()
    for (const fieldName of unique) await engine.ensureIndex({ fieldName, unique: true, sparse: true })
    for (const fieldName of indexed) await engine.ensureIndex({ fieldName })
    await rm(`${path}~`, { force: true })
    await chmod(path, FILE_MODE)
    this.#size = await sizeOf(path)
    this.#writes = 0
    return engine
  }

  async #readOnly(reason: unknown): Promise<void> {
    await this.#clearHalfWritten()
    try {
      const documents = await readDocuments(this.#keeping, this.#cutTo ?? Number.POSITIVE_INFINITY)
      const engine = engineOf<D>(null)
      if (documents.length > 0) await engine.insertMany(documents)
      this.#engine = engine
      this.#become('readonly', reason)
    } catch (error) {
      this.#become('lost', error)
    }
  }

  /** What a load on a full disk leaves behind takes room and helps nobody. Without its file it may be the file itself. */
  async #clearHalfWritten(): Promise<void> {
    const { path, note } = this.#keeping
    try {
      if (await exists(path)) await rm(`${path}~`, { force: true })
    } catch (error) {
      note('warn', 'what a load has left could not be removed', { file: `${path}~`, err: error })
    }
  }

  /** A compaction that fails leaves the file as valid as it was. */
  async #compact(engine: Engine<D>): Promise<void> {
    this.#writes = 0
    try {
      await this.#keeping.space.require(this.#size)
      await engine.compactDatafileAsync()
    } catch (error) {
      this.#keeping.note('warn', 'a data file was not compacted', { file: this.#keeping.path, err: error })
    }
    this.#size = await sizeOf(this.#keeping.path)
  }

  async #onDisk(task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      if (error instanceof StorageError) throw error
      throw new StorageError(`${this.#keeping.path} could not be brought to the disk.`, error)
    }
  }

  /** Noted when it changes, not at each try. */
  #become(state: State, reason: unknown): void {
    if (state === this.#state) return
    this.#state = state
    const fields = { file: this.#keeping.path, ...(reason === null ? {} : { err: reason }) }
    if (state !== 'open') this.#keeping.note('error', `a data file is ${state}`, fields)
    else if (this.#everOpen) this.#keeping.note('info', 'a data file takes writes again', fields)
    this.#everOpen ||= state === 'open'
  }

  #refusal(): StorageError {
    const Refusal = this.#state === 'closed' ? ClosedError : StorageError
    return new Refusal(`${this.#keeping.path} is ${this.#state}.`)
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'errorType' in error && error.errorType === 'uniqueViolated'
}

/** With null for a file, in memory only. */
function engineOf<D extends Document>(filename: string | null): Engine<D> {
  const options = {
    ...(filename === null ? { inMemoryOnly: true } : { filename }),
    autoload: false,
    afterSerialization: escapeLineBreaks,
    beforeDeserialization: (line: string) => line,
    modes: { fileMode: FILE_MODE, dirMode: FOLDER_MODE },
  }
  const made: unknown = Datastore.create(options)
  const engine = made as Engine<D>
  if (filename !== null) hearReadErrors(engine)
  return engine
}

/** NeDB listens to the lines of its file, not to the file: one that cannot be opened or read would end the process. */
function hearReadErrors<D extends Document>({ persistence }: Engine<D>): void {
  const treat = persistence.treatRawStreamAsync.bind(persistence)
  persistence.treatRawStreamAsync = (file) =>
    new Promise((resolve, reject) => {
      file.once('error', reject)
      treat(file).then(resolve, reject)
    })
}

/** NeDB splits lines at these too when it loads, and JSON leaves them as they are: unescaped, they tear a record. */
export function escapeLineBreaks(line: string): string {
  return line.replace(/[\u0085\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
