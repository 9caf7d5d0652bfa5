import { MAX_SESSIONS, PURGE_AFTER, PURGE_EVERY, type Session, type Sessions, TOMBSTONE_FOR } from '../accounts.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

/** A session, or with `data` null the tombstone of one. */
interface Row {
  id: string
  accountId: string | null
  data: string | null
  expiresAt: number
}

/** A late write changes nothing where a tombstone stands: that is asked in the statement itself, so it holds over many servers. */
const UNLESS_ENDED = `INSERT INTO crosschat.sessions (id, doc) VALUES ($1, $2)
  ON CONFLICT (id) DO UPDATE SET doc = excluded.doc WHERE crosschat.sessions.stands`
const END_OTHERS = `UPDATE crosschat.sessions
  SET doc = json_build_object('id', id, 'accountId', NULL, 'data', NULL, 'expiresAt', $3::float8)
  WHERE account_id = $1 AND id IS DISTINCT FROM $2`

export function openSessions({ database, now }: Place): Sessions {
  const table = new Table<Row>(database, 'sessions')
  const purging = new Purging(table, now)
  const ended = () => ({ accountId: null, data: null, expiresAt: now() + TOMBSTONE_FOR })
  return {
    async get(id) {
      const row = await table.byId(id)
      return row === null ? null : standing(row, now())
    },
    async byAccount(accountId) {
      const rows = await table.all({ accountId })
      return rows.flatMap((row) => standing(row, now()) ?? [])
    },
    async set({ id, data, expiresAt }) {
      await purging.nowAndThen()
      const { accountId } = data
      const row = { accountId: typeof accountId === 'string' ? accountId : null, data: JSON.stringify(data), expiresAt }
      await table.run(UNLESS_ENDED, [id, JSON.stringify({ id, ...row })])
    },
    destroy: (id) => table.put({ id, ...ended() }),
    destroyOthers: (accountId, keep) => table.run(END_OTHERS, [accountId, keep, ended().expiresAt]),
  }
}

/** Null for a tombstone, and for what has expired. */
function standing({ id, data, expiresAt }: Row, now: number): Session | null {
  return data === null || expiresAt <= now ? null : { id, data: JSON.parse(data), expiresAt }
}

class Purging {
  readonly #table: Table<Row>
  readonly #now: () => number
  #purgedAt = 0
  #writes = 0

  constructor(table: Table<Row>, now: () => number) {
    this.#table = table
    this.#now = now
  }

  /** Best effort: what has expired is not given out either way. */
  async nowAndThen(): Promise<void> {
    this.#writes += 1
    if (this.#writes < PURGE_AFTER && this.#now() - this.#purgedAt < PURGE_EVERY) return
    this.#purgedAt = this.#now()
    this.#writes = 0
    const surplus = 'SELECT id FROM crosschat.sessions ORDER BY expires_at DESC OFFSET $2'
    await this.#table
      .run(`DELETE FROM crosschat.sessions WHERE expires_at <= $1 OR id IN (${surplus})`, [this.#now(), MAX_SESSIONS])
      .catch(() => undefined)
  }
}
