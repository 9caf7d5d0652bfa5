import { createHash } from 'node:crypto'
import { newSecret } from './ids.ts'

/** How long a link lets its bearer choose a new password. */
export const RESET_LINK_MS = 60 * 60_000
/** At a time; beyond it the oldest is dead. */
export const MAX_RESET_LINKS = 200

interface Open {
  accountId: string
  until: number
}

/**
 * Links by which a person who has lost the password chooses a new one. Each opens once and for one hour, and a newer one of
 * the same account ends it. Kept in memory alone, as digests: a restart ends them all.
 */
export class ResetLinks {
  readonly #open = new Map<string, Open>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  make(accountId: string): { token: string; until: number } {
    this.forget(accountId)
    const token = newSecret()
    const until = this.#now() + RESET_LINK_MS
    this.#open.set(digestOf(token), { accountId, until })
    const [oldest] = this.#open.keys()
    if (this.#open.size > MAX_RESET_LINKS && oldest !== undefined) this.#open.delete(oldest)
    return { token, until }
  }

  /** Whose it is; null for one that opens nothing. */
  look(token: string): string | null {
    const open = this.#open.get(digestOf(token))
    return open !== undefined && open.until > this.#now() ? open.accountId : null
  }

  /** As above; of two who come at once, one alone. */
  use(token: string): string | null {
    const accountId = this.look(token)
    this.#open.delete(digestOf(token))
    return accountId
  }

  forget(accountId: string): void {
    for (const [digest, open] of this.#open) if (open.accountId === accountId) this.#open.delete(digest)
  }
}

const digestOf = (token: string) => createHash('sha256').update(token).digest('base64url')
