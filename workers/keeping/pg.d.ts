/** As much of pg as `database.ts` uses. Its own types come from a package that would hide half of pg from the bill of materials. */
declare module 'pg' {
  import type { EventEmitter } from 'node:events'

  export interface PoolConfig {
    connectionString: string
    application_name: string
    /** Connections at most. */
    max: number
    connectionTimeoutMillis: number
    idleTimeoutMillis: number
    statement_timeout: number
    query_timeout: number
    idle_in_transaction_session_timeout: number
    keepAlive: boolean
  }
  export interface QueryResult<Row> {
    rows: Row[]
  }
  export interface PoolClient extends EventEmitter {
    /** With a name it is parsed once a connection. */
    query<Row>(query: { name: string | undefined; text: string; values: unknown[] }): Promise<QueryResult<Row>>
    /** `true` closes the connection instead of giving it back. */
    release(broken?: boolean): void
  }
  export class Pool extends EventEmitter {
    constructor(config: PoolConfig)
    /** Requests that wait for a connection. */
    readonly waitingCount: number
    /** Connections that nobody uses right now. */
    readonly idleCount: number
    connect(): Promise<PoolClient>
    end(): Promise<void>
    on(event: 'error', listener: (error: Error) => void): this
    on(event: 'connect', listener: (connection: PoolClient) => void): this
  }
  /** What PostgreSQL itself has said. */
  export class DatabaseError extends Error {
    readonly code: string | undefined
  }
  const pg: { Pool: typeof Pool; DatabaseError: typeof DatabaseError }
  export default pg
}
