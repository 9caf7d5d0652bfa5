import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg, { type Pool, type PoolClient } from 'pg'
import { type Note, StorageError } from './storage-error.ts'

/** Requests that may wait for a connection; beyond it they are refused at once. */
export const MAX_WAITING_REQUESTS = 1_000
/** How long a connection is waited for, made or free, ms. */
const CONNECT_WITHIN_MS = 5_000
/** Where none could be made, one at a time tries again, after so long, ms: a server that is starting would be kept from it by turning away all. */
const REST_MS = 200
/** A connection that nobody needs for so long is closed, ms. */
const IDLE_MS = 60_000
/** The server ends a statement after its time; when it says nothing for so much longer, the way to it is cut, ms. */
const SILENCE_MS = 5_000
/** A transaction whose owner has gone quiet lets go of what it holds after this long, ms. */
const IDLE_IN_TRANSACTION_MS = 10_000

/** SQL with its values: no value ever stands in the text. */
export interface Sql {
  text: string
  values?: readonly unknown[]
  /** It must not run twice, whatever its beginning says. */
  once?: boolean
}

/** Whatever statements can be run on: any free connection, or the one of a transaction. */
export interface Runner {
  rows<Row>(sql: Sql): Promise<Row[]>
}

export interface DatabaseOptions {
  url: string
  /** Connections that are held at most. */
  connections: number
  /** How long one statement may take, ms. */
  statementMs: number
  note: Note
}

/** The code that PostgreSQL gave, also of an error that was wrapped; '' = none. */
export function sqlStateOf(error: unknown): string {
  const cause = error instanceof StorageError ? error.cause : error
  return cause instanceof pg.DatabaseError ? (cause.code ?? '') : ''
}
export const UNIQUE_VIOLATION = '23505'
/** Beginnings of codes: the server has ended the connection; the connection failed. */
const ENDED = '57P'
const CONNECTION = '08'
const ENDED_BY_ADMIN = '57P01'
const READ_ONLY = '25006'

/** Statements that may run twice: those that read, and the database's own functions, which know what they have. */
const READS = /^SELECT\b/
/**
 * A pool of connections to one PostgreSQL. Whatever fails is a StorageError; a connection that broke is replaced by the next request.
 * What was under way when it broke may or may not stand.
 */
export class Database implements Runner {
  readonly #pool: Pool
  /** A restart of the server leaves as many dead connections as there were, and any of them may be the next; then comes a new one. */
  readonly #mostTries: number
  /** No connection could be made when that was tried last. */
  #away = false
  #finding: Promise<void> | null = null
  /** Requests that wait for that. */
  #hoping = 0

  constructor({ url, connections, statementMs, note }: DatabaseOptions) {
    this.#mostTries = connections + 1
    this.#pool = new pg.Pool({
      connectionString: url,
      application_name: 'crosschat',
      max: connections,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      idleTimeoutMillis: IDLE_MS,
      statement_timeout: statementMs,
      query_timeout: statementMs + SILENCE_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      keepAlive: true,
    })
    const broke = (error: Error) => note('warn', 'a connection to the database broke', { err: error })
    this.#pool.on('error', broke)
    // One that breaks in the hands of a transaction, between two statements, tells nobody else.
    this.#pool.on('connect', (connection) => connection.on('error', broke))
  }

  /** Asked again on another connection where the first one turns out to be dead, and where that cannot do it twice. */
  async rows<Row>(sql: Sql): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      const connection = await this.#connect()
      let broken = false
      try {
        return await rowsOf<Row>(connection, sql)
      } catch (error) {
        broken = isBroken(error) || isReadOnly(error)
        if (tries >= this.#mostTries || !wasLost(error) || !(wasNotRun(error) || mayRunTwice(sql))) throw error
      } finally {
        connection.release(broken)
      }
    }
  }

  /** All of it stands when it resolves, nothing when it rejects; unless a connection breaks in the moment of its end. */
  async transaction<R>(task: (runner: Runner) => Promise<R>): Promise<R> {
    const connection = await this.#begun()
    let broken = true
    try {
      const result = await task({ rows: (sql) => rowsOf(connection, sql) })
      await rowsOf(connection, { text: 'COMMIT' })
      broken = false
      return result
    } catch (error) {
      broken = !(await rolledBack(connection)) || isReadOnly(error)
      throw error
    } finally {
      connection.release(broken)
    }
  }

  async #begun(): Promise<PoolClient> {
    for (let tries = 1; ; tries++) {
      const connection = await this.#connect()
      try {
        await rowsOf(connection, { text: 'BEGIN' })
        return connection
      } catch (error) {
        connection.release(true)
        if (tries >= this.#mostTries || !wasLost(error)) throw error
      }
    }
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  /** All that ask meanwhile wait for one that tries. */
  async #found(): Promise<void> {
    if (this.#hoping >= MAX_WAITING_REQUESTS) throw new StorageError('Too many requests wait for the database.')
    this.#finding ??= this.#find().finally(() => {
      this.#finding = null
    })
    this.#hoping++
    await this.#finding.finally(() => this.#hoping--)
  }

  async #find(): Promise<void> {
    await sleep(REST_MS)
    const connection = await this.#pool.connect()
    this.#away = false
    connection.release()
  }

  async #connect(): Promise<PoolClient> {
    if (this.#pool.waitingCount >= MAX_WAITING_REQUESTS)
      throw new StorageError(`More than ${MAX_WAITING_REQUESTS} requests wait for the database.`)
    try {
      if (this.#away && this.#pool.idleCount === 0) await this.#found()
      return await this.#pool.connect()
    } catch (error) {
      this.#away ||= !isWaitOver(error)
      throw new StorageError('The database cannot be reached.', error)
    }
  }
}

/** There are connections, and none became free in time. */
function isWaitOver(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('timeout exceeded')
}

/** The connection is of no more use, whatever was asked on it. */
function isBroken(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state === '' || state.startsWith(ENDED) || state.startsWith(CONNECTION)
}

/** It may lead to a server that has become, or always was, one that only reads: the next one may lead elsewhere. */
function isReadOnly(error: unknown): boolean {
  return sqlStateOf(error) === READ_ONLY
}

/** The connection went, which is known at once; a server that says nothing is not asked a second time. */
function wasLost(error: unknown): boolean {
  const cause = error instanceof StorageError ? error.cause : error
  if (cause instanceof pg.DatabaseError) return isBroken(error)
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return GONE.has(code) || (cause instanceof Error && cause.message.startsWith('Connection terminated'))
}
const GONE = new Set(['ECONNRESET', 'EPIPE'])

function mayRunTwice({ text, once = false }: Sql): boolean {
  return !once && READS.test(text)
}

/** The server had ended the connection before, or took the statement back. */
function wasNotRun(error: unknown): boolean {
  return sqlStateOf(error) === ENDED_BY_ADMIN
}

async function rowsOf<Row>(connection: PoolClient, { text, values = [] }: Sql): Promise<Row[]> {
  try {
    const { rows } = await connection.query<Row>({ name: nameOf(text, values), text, values: [...values] })
    return rows
  } catch (error) {
    throw new StorageError('The database did not do what was asked.', error)
  }
}

/**
 * A statement that has a name is parsed and planned once a connection, and not each time: for small ones that is most of their cost. There are
 * as many as texts in these sources, since values never stand in them.
 */
function nameOf(text: string, values: readonly unknown[]): string | undefined {
  // Without values it may be several statements, which cannot be prepared.
  return values.length === 0 ? undefined : createHash('sha1').update(text).digest('base64url')
}

async function rolledBack(connection: PoolClient): Promise<boolean> {
  try {
    await rowsOf(connection, { text: 'ROLLBACK' })
    return true
  } catch {
    return false
  }
}

/** Where a database is, in words that hold no password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'the database'
  const { host, pathname } = new URL(url)
  return `${host || 'this machine'}${pathname}`
}
