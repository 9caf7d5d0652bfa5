import type { PanelSessions } from '../auth/sessions.ts'
import type { Log } from '../log.ts'
import type { Accounts } from '../stores/accounts.ts'
import type { Hub } from './hub.ts'

const WATCH_EVERY_MS = 2_000

export interface WatchParts {
  hub: Pick<Hub, 'panels' | 'withdrawSession'>
  sessions: Pick<PanelSessions, 'known'>
  accounts: Pick<Accounts, 'byId'>
  log: Log
}

/**
 * Closes the panels of sessions that stand no longer, however they ended: a page that only listens never asks who it is.
 * Whoever ends a session closes its panels at once; this finds those that end by themselves.
 */
export class SessionWatch {
  readonly #parts: WatchParts
  /** Not found at the last look. A change of password takes a session out of the store and puts it in again. */
  #missed = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  begin(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.look().finally(() => {
        this.#looking = null
      })
    }, WATCH_EVERY_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#looking
  }

  /** What is missing for the second time in a row is withdrawn. */
  async look(): Promise<void> {
    const missing = new Set<string>()
    for (const [accountId, open] of this.#open()) {
      const standing = await this.#standing(accountId, open)
      for (const sessionId of open) if (!standing.has(sessionId)) missing.add(sessionId)
    }
    for (const sessionId of missing) if (this.#missed.has(sessionId)) this.#parts.hub.withdrawSession(sessionId)
    this.#missed = missing
  }

  /** Account → sessions with an open panel. */
  #open(): Map<string, Set<string>> {
    const open = new Map<string, Set<string>>()
    for (const { id, sessionId } of this.#parts.hub.panels()) {
      open.set(id, (open.get(id) ?? new Set()).add(sessionId))
    }
    return open
  }

  /** Where the store cannot be asked, all stand. */
  async #standing(accountId: string, open: Set<string>): Promise<Set<string>> {
    const { accounts, sessions, log } = this.#parts
    try {
      const account = await accounts.byId(accountId)
      if (account === null || account.suspendedAt !== undefined) return new Set()
      return new Set((await sessions.known(account)).map(({ id }) => id))
    } catch (error) {
      log.warn({ err: error }, 'sessions could not be looked at')
      return open
    }
  }
}
