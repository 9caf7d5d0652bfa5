import { Datafile, type Engine, isUniqueViolation, type Keeping } from '../../../workers/keeping/datafile.ts'
import { ClosedError } from '../../../workers/keeping/storage-error.ts'
import { CrossChatError, type ErrorCode } from '../../errors.ts'

/** As a record stands in the file: its id is NeDB's `_id`. */
export type Stored<T extends { id: string }> = Omit<T, 'id'> & { _id: string }
/** Fields that must be equal. Values are plain, so that no client's object becomes an operator. */
export type Where<T> = { [K in keyof T]?: string | number | null }

export interface TableOptions<T extends { id: string }> extends Keeping<Stored<T>> {
  /** Fields that every record has; a line without one of them is damaged. */
  fields: readonly (keyof T & string)[]
  /** Every change counts once it is on the disk; one that fails has not happened. */
  lasting?: boolean
}

/**
 * Records of one kind in one datafile. Reads give copies; changes replace whole documents; failures are `storage_failed`, and what comes
 * after the end is `stopping`.
 */
export class Table<T extends { id: string }> {
  readonly #file: Datafile<Stored<T>>
  readonly #lasting: boolean

  private constructor(file: Datafile<Stored<T>>, lasting: boolean) {
    this.#file = file
    this.#lasting = lasting
  }

  static async open<T extends { id: string }>(options: TableOptions<T>): Promise<Table<T>> {
    const { fields, lasting = false, sound: deeper = () => true, ...keeping } = options
    const sound = (document: Stored<T>) => fields.every((field) => field in document) && deeper(document)
    return new Table<T>(await kept(Datafile.open<Stored<T>>({ ...keeping, sound })), lasting)
  }

  /** `taken` is thrown when a unique field, or the id, stands already. */
  insert(record: T, taken: ErrorCode = 'storage_failed'): Promise<void> {
    return this.write(async (engine) => {
      await engine.insertOne(store(record))
    }, taken)
  }

  async byId(id: string): Promise<T | null> {
    return this.read(async (engine) => restore(await engine.findOne({ _id: plain(id) })))
  }

  one(where: Where<T>): Promise<T | null> {
    return this.read(async (engine) => restore(await engine.findOne(query(where))))
  }

  all(where: Where<T>): Promise<T[]> {
    return this.read(async (engine) => (await engine.find(query(where))).map(restoreOne<T>))
  }

  count(): Promise<number> {
    return this.read((engine) => engine.getAllData().length)
  }

  /** Reads and replaces in one turn, so that no other change comes between. Null = no such record. */
  change(id: string, change: (record: T) => T): Promise<T | null> {
    return this.write(async (engine) => {
      const record = restore<T>(await engine.findOne({ _id: plain(id) }))
      if (record === null) return null
      const changed = change(record)
      await engine.update({ _id: id }, store(changed))
      return changed
    })
  }

  /** Inserts or replaces, in one turn. */
  put(record: T): Promise<void> {
    return this.write(async (engine) => {
      const document = store(record)
      if ((await engine.update({ _id: document._id }, document)) === 0) await engine.insertOne(document)
    })
  }

  /** True if there was one. */
  remove(id: string, where: Where<T> = {}): Promise<boolean> {
    return this.write(async (engine) => (await engine.remove({ ...query(where), _id: plain(id) }, {})) > 0)
  }

  read<R>(task: (engine: Engine<Stored<T>>) => Promise<R> | R): Promise<R> {
    return kept(this.#file.read(task))
  }

  write<R>(task: (engine: Engine<Stored<T>>) => Promise<R>, taken: ErrorCode = 'storage_failed'): Promise<R> {
    return kept(this.#file.write(task, this.#lasting), taken)
  }

  /** Resolves when every change so far is on the disk. */
  sync(): Promise<void> {
    return kept(this.#file.sync())
  }

  /** What was changed or removed leaves the file itself, too. */
  rewrite(): Promise<void> {
    return kept(this.#file.rewrite())
  }

  close(): Promise<void> {
    return kept(this.#file.close())
  }
}

/** The text as JSON, undefined where it is none: a flipped byte inside of a text is one that NeDB does not notice. */
export function jsonIn(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

export function store<T extends { id: string }>(record: T): Stored<T> {
  const { id, ...rest } = record
  return { _id: plain(id), ...rest }
}

function restore<T extends { id: string }>(document: Stored<T> | null): T | null {
  return document === null ? null : restoreOne<T>(document)
}

export function restoreOne<T extends { id: string }>(document: Stored<T>): T {
  const { _id, ...rest } = document
  const record: unknown = { id: _id, ...rest }
  return record as T
}

function query<T>(where: Where<T>): Record<string, string | number | null> {
  const plainFields: Record<string, string | number | null> = {}
  for (const field in where) plainFields[field] = plain(where[field] ?? null)
  return plainFields
}

function plain<V extends string | number | null>(value: V): V {
  if (typeof value === 'object' && value !== null) throw new TypeError('A query takes plain values only.')
  return value
}

async function kept<R>(task: Promise<R>, taken: ErrorCode = 'storage_failed'): Promise<R> {
  try {
    return await task
  } catch (error) {
    if (isUniqueViolation(error)) throw new CrossChatError(taken)
    throw new CrossChatError(error instanceof ClosedError ? 'stopping' : 'storage_failed', { cause: error })
  }
}
