import { createHash } from 'node:crypto'
import { newSecret } from './ids.ts'

/** How long a link lets its bearer choose a new password. */
export const RESET_LINK_MS = 60 * 60_000
/** At a time; beyond it the oldest is dead. */
export const MAX_RESET_LINKS = 200

/** Links for a new password, kept in memory or by all nodes together. The second kind throws busy while nobody can be asked. */
export interface ResetLinking {
  /** `until`: by the time of day. */
  make(accountId: string): { token: string; until: number } | Promise<{ token: string; until: number }>
  /** Whose it is; null for one that opens nothing. */
  look(token: string): string | null | Promise<string | null>
  /** As above; of two who come at once, one alone. */
  use(token: string): string | null | Promise<string | null>
  forget(accountId: string): void | Promise<void>
}

interface Open {
  accountId: string
  /** By the clock that never jumps. */
  until: number
}

/**
 * Links by which a person who has lost the password chooses a new one. Each opens once and for one hour, and a newer one of
 * the same account ends it. Kept in memory alone, as digests: a restart ends them all.
 */
export class ResetLinks implements ResetLinking {
  readonly #open = new Map<string, Open>()
  readonly #now: () => number

  /** `now`: ms of a clock that never jumps. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  make(accountId: string): { token: string; until: number } {
    this.forget(accountId)
    const token = newSecret()
    this.#open.set(digestOf(token), { accountId, until: this.#now() + RESET_LINK_MS })
    const [oldest] = this.#open.keys()
    if (this.#open.size > MAX_RESET_LINKS && oldest !== undefined) this.#open.delete(oldest)
    return { token, until: Date.now() + RESET_LINK_MS }
  }

  look(token: string): string | null {
    const open = this.#open.get(digestOf(token))
    return open !== undefined && open.until > this.#now() ? open.accountId : null
  }

  use(token: string): string | null {
    const accountId = this.look(token)
    this.#open.delete(digestOf(token))
    return accountId
  }

  forget(accountId: string): void {
    for (const [digest, open] of this.#open) if (open.accountId === accountId) this.#open.delete(digest)
  }
}

export const digestOf = (token: string) => createHash('sha256').update(token).digest('base64url')
