import { type Database, type Runner, sqlStateOf, UNIQUE_VIOLATION } from '../../../workers/keeping/database.ts'
import { StorageError } from '../../../workers/keeping/storage-error.ts'
import { Turns } from '../../../workers/keeping/turns.ts'
import { CrossChatError, type ErrorCode } from '../../errors.ts'
import { DATABASE_FAILED } from '../archive-client.ts'
import { asItWas, stored, storedText } from './any-text.ts'

/** Fields that must be equal. Values are plain, so that what comes from outside is compared and nothing else. */
export type Where<T> = { [K in keyof T]?: string | number | null }

/** Records of one kind in one table. Reads give copies; changes replace whole records; failures are `storage_failed`. */
export class Table<T extends { id: string }> {
  readonly name: string
  readonly #database: Database
  readonly #runner: Runner
  readonly #turns = new Map<string, Turns>()

  /** Inside of a transaction, with its runner. */
  constructor(database: Database, name: string, runner: Runner = database) {
    this.name = `crosschat.${name}`
    this.#database = database
    this.#runner = runner
  }

  /** `taken` is thrown when a unique field, or the id, stands already. */
  async insert(record: T, taken: ErrorCode = 'storage_failed'): Promise<void> {
    const text = `INSERT INTO ${this.name} (id, doc) VALUES ($1, $2)`
    await kept(this.#runner.rows({ text, values: [plain(record.id), stored(JSON.stringify(record))] }), taken)
  }

  /** Inserts or replaces, at once. */
  async put(record: T): Promise<void> {
    const text = `INSERT INTO ${this.name} (id, doc) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc`
    await kept(this.#runner.rows({ text, values: [plain(record.id), stored(JSON.stringify(record))] }))
  }

  byId(id: string): Promise<T | null> {
    return this.#first('WHERE id = $1', [id])
  }

  one(where: Where<T>): Promise<T | null> {
    const { text, values } = conditions(where)
    return this.#first(text, values)
  }

  /** `order`: columns by which they are sorted. */
  all(where: Where<T>, order = 'id'): Promise<T[]> {
    const { text, values } = conditions(where)
    return this.find(`${text} ORDER BY ${order}`, values)
  }

  /** `rest` of the statement, from its WHERE on: our own text, with $1 and on for the values. */
  async find(rest: string, values: readonly unknown[] = []): Promise<T[]> {
    return this.#records(`SELECT doc::text AS text FROM ${this.name} ${rest}`, values)
  }

  async count(rest = '', values: readonly unknown[] = []): Promise<number> {
    const text = `SELECT count(*)::float8 AS count FROM ${this.name} ${rest}`
    const [row] = await kept(this.#runner.rows<{ count: number }>({ text, values: values.map(plainOrList) }))
    return row?.count ?? 0
  }

  /** Reads and replaces while nobody else can change it. Null = no such record. */
  change(id: string, change: (record: T) => T): Promise<T | null> {
    return this.transaction(async (table) => {
      const standing = await table.#first('WHERE id = $1 FOR UPDATE', [id])
      if (standing === null) return null
      const changed = change(standing)
      const text = `UPDATE ${table.name} SET doc = $2 WHERE id = $1`
      await kept(table.#runner.rows({ text, values: [plain(id), stored(JSON.stringify(changed))] }))
      return changed
    })
  }

  /** True if there was one. */
  async remove(id: string, where: Where<T> = {}): Promise<boolean> {
    const gone = await this.removeAll({ ...where, id })
    return gone.length > 0
  }

  /** Gives what was there. */
  removeAll(where: Where<T>): Promise<T[]> {
    const { text, values } = conditions(where)
    return this.removeWhere(text, values)
  }

  async removeWhere(rest: string, values: readonly unknown[] = []): Promise<T[]> {
    return this.#records(`DELETE FROM ${this.name} ${rest} RETURNING doc::text AS text`, values)
  }

  /** Any other statement on this table. */
  async run(text: string, values: readonly unknown[]): Promise<void> {
    await kept(this.#runner.rows({ text, values: values.map(plainOrList) }))
  }

  /** Tasks with the same name run one after the other: those of this process as they were called, and over all servers of the database. */
  inTurn<R>(name: string, task: (table: Table<T>) => Promise<R>): Promise<R> {
    const turns = this.#turns.get(name) ?? new Turns()
    this.#turns.set(name, turns)
    // None of them holds a connection while it waits for another one of this process.
    const turn = turns.run(() => this.#locked(name, task))
    return kept(turn).finally(() => {
      if (turns.idle) this.#turns.delete(name)
    })
  }

  #locked<R>(name: string, task: (table: Table<T>) => Promise<R>): Promise<R> {
    return this.transaction(async (table) => {
      const text = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))'
      await kept(table.#runner.rows({ text, values: [`${this.name} ${name}`] }))
      return task(table)
    })
  }

  transaction<R>(task: (table: Table<T>) => Promise<R>): Promise<R> {
    if (this.#runner !== this.#database) return task(this)
    const [, name = ''] = this.name.split('.')
    return kept(this.#database.transaction((runner) => task(new Table<T>(this.#database, name, runner))))
  }

  async #records(statement: string, values: readonly unknown[]): Promise<T[]> {
    const rows = await kept(this.#runner.rows<{ text: string }>({ text: statement, values: values.map(plainOrList) }))
    return rows.map(({ text }): T => JSON.parse(asItWas(text)))
  }

  async #first(rest: string, values: readonly unknown[]): Promise<T | null> {
    const [record] = await this.find(rest, values)
    return record ?? null
  }
}

/** Its values are as they were given: whoever asks with them makes them such as the database takes. */
function conditions<T>(where: Where<T>): { text: string; values: unknown[] } {
  const values: unknown[] = []
  const each: string[] = []
  for (const field in where) {
    const value = where[field] ?? null
    if (value === null) each.push(`${columnOf(field)} IS NULL`)
    else each.push(`${columnOf(field)} = $${values.push(value)}`)
  }
  return { text: each.length === 0 ? '' : `WHERE ${each.join(' AND ')}`, values }
}

/** `channelId` → `channel_id`. */
function columnOf(field: string): string {
  if (!/^[a-zA-Z]+$/.test(field)) throw new TypeError('A field is letters only.')
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function plain(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') return storedText(value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  throw new TypeError('A query takes plain values only.')
}

function plainOrList(value: unknown): unknown {
  return Array.isArray(value) ? value.map(plain) : plain(value)
}

/** What failed is told by its code; what the database said stays with the cause. */
export async function kept<R>(task: Promise<R>, taken: ErrorCode = 'storage_failed'): Promise<R> {
  try {
    return await task
  } catch (error) {
    if (error instanceof CrossChatError) throw error
    if (sqlStateOf(error) === UNIQUE_VIOLATION && taken !== 'storage_failed') throw new CrossChatError(taken)
    if (!(error instanceof StorageError)) throw error
    throw new CrossChatError('storage_failed', { message: DATABASE_FAILED, cause: error })
  }
}
