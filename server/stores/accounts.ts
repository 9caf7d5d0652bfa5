import type { Rules } from '../../workers/ruled.ts'
import type { Page } from './page.ts'

/** Who signs in, their place, and where they are signed in. */

export interface Account {
  id: string
  username: string
  /** Unique; NFKC and lower case of the username. */
  handle: string
  passwordHash: string
  /** The first account owns the instance. */
  owner: boolean
  /** Raised by whatever must end all other sessions. */
  sessionEpoch: number
  createdAt: number
  /** When they were last here, about; missing = not since that is kept. */
  seenAt?: number
  /** Since when they are shut out; missing = they are not. */
  suspendedAt?: number
}

export interface Accounts {
  /** Throws `name_taken` when the handle stands already, also under concurrency. */
  insert(account: Account): Promise<void>
  byId(id: string): Promise<Account | null>
  byHandle(handle: string): Promise<Account | null>
  count(): Promise<number>
  /** Oldest first. `before` = the `next` of the page before. */
  page(limit: number, before: string | null): Promise<Page<Account>>
  seen(id: string, at: number): Promise<void>
  /** Null lets them in again. Raises the session epoch; on disk (fsync) when it resolves. */
  suspend(id: string, at: number | null): Promise<Account | null>
  /** On disk (fsync) when it resolves. */
  remove(id: string): Promise<boolean>
  /** Sets the password and raises the session epoch; on disk (fsync) when it resolves. */
  setPassword(id: string, passwordHash: string): Promise<Account | null>
}

/** One streamer's place. One account owns one channel. */
export interface Channel {
  id: string
  accountId: string
  name: string
  rules: Rules
  /** Days for which a stream is kept after its end; null or absent = for ever. */
  retentionDays?: number | null
  createdAt: number
}

export interface Channels {
  insert(channel: Channel): Promise<void>
  byId(id: string): Promise<Channel | null>
  byAccount(accountId: string): Promise<Channel | null>
  setRules(id: string, rules: Rules): Promise<void>
  /** On disk (fsync) when it resolves. */
  setRetention(id: string, days: number | null): Promise<void>
  /** Channels that keep their streams for so many days. */
  retained(): Promise<{ id: string; retentionDays: number }[]>
  remove(id: string): Promise<boolean>
}

export interface Session {
  id: string
  /** koa-session's payload. */
  data: Record<string, unknown>
  expiresAt: number
}

/**
 * How long a destroyed id is remembered, in ms: longer than any request that was under way with it (30 s to come in, and no answer that
 * still writes its session takes minutes). Each of them is held in memory.
 */
export const TOMBSTONE_FOR = 15 * 60 * 1000
/** Sessions and tombstones kept; beyond it the next to expire go first. */
export const MAX_SESSIONS = 100_000
/** What has expired is dropped after this many ms or writes, whichever comes first. */
export const PURGE_EVERY = 10 * 60 * 1000
export const PURGE_AFTER = 10_000

export interface Sessions {
  get(id: string): Promise<Session | null>
  /** Ignored for an id that was destroyed: a late write must not revive a session. */
  set(session: Session): Promise<void>
  destroy(id: string): Promise<void>
  byAccount(accountId: string): Promise<Session[]>
  /** Ends all of an account's sessions but one. */
  destroyOthers(accountId: string, keep: string | null): Promise<void>
}
