import type { Engine } from '../../../workers/keeping/datafile.ts'
import { MAX_SESSIONS, PURGE_AFTER, PURGE_EVERY, type Session, type Sessions, TOMBSTONE_FOR } from '../accounts.ts'
import type { Place } from './place.ts'
import { restoreOne, type Stored, store, Table } from './table.ts'

/** A session, or with `data` null the tombstone of one. The data is kept as text: no field name of it becomes NeDB's. */
interface Row {
  id: string
  accountId: string | null
  data: string | null
  expiresAt: number
}

export async function openSessions(place: Place): Promise<Sessions & { close(): Promise<void> }> {
  const table = await Table.open<Row>({
    ...place.file('sessions'),
    indexed: ['accountId'],
    fields: ['accountId', 'data', 'expiresAt'],
  })
  const sessions = new NedbSessions(table, place.now)
  await sessions.purge()
  return sessions
}

class NedbSessions implements Sessions {
  readonly #table: Table<Row>
  readonly #now: () => number
  #purgedAt = 0
  #writes = 0

  constructor(table: Table<Row>, now: () => number) {
    this.#table = table
    this.#now = now
  }

  async get(id: string): Promise<Session | null> {
    const row = await this.#table.byId(id)
    return row === null ? null : this.#standing(row)
  }

  async byAccount(accountId: string): Promise<Session[]> {
    const rows = await this.#table.all({ accountId })
    return rows.flatMap((row) => this.#standing(row) ?? [])
  }

  async set(session: Session): Promise<void> {
    await this.#purgeNowAndThen()
    const { accountId } = session.data
    const row: Row = {
      id: session.id,
      accountId: typeof accountId === 'string' ? accountId : null,
      data: JSON.stringify(session.data),
      expiresAt: session.expiresAt,
    }
    await this.#table.write(async (engine) => {
      const standing = await engine.findOne({ _id: row.id })
      if (standing !== null && standing.data === null) return
      await engine.update({ _id: row.id }, store(row), { upsert: true })
    })
  }

  async destroy(id: string): Promise<void> {
    const tombstone: Row = { id, ...this.#ended() }
    await this.#table.write((engine) => engine.update({ _id: id }, store(tombstone), { upsert: true }))
    await this.#table.sync()
  }

  async destroyOthers(accountId: string, keep: string | null): Promise<void> {
    const others = { accountId, _id: { $ne: keep } }
    await this.#table.write((engine) => engine.update(others, { $set: this.#ended() }, { multi: true }))
    await this.#table.sync()
  }

  /** Best effort: on a disk that takes no writes, expired sessions stay in the file and are still not given out. */
  async purge(): Promise<void> {
    this.#purgedAt = this.#now()
    this.#writes = 0
    await this.#table.write((engine) => this.#removeExpired(engine)).catch(() => undefined)
    await this.#table.write((engine) => removeSurplus(engine)).catch(() => undefined)
  }

  close(): Promise<void> {
    return this.#table.close()
  }

  /** Null for a tombstone, and for what has expired. */
  #standing({ id, data: text, expiresAt }: Row): Session | null {
    const data = text === null || expiresAt <= this.#now() ? null : dataOf(text)
    return data === null ? null : { id, data, expiresAt }
  }

  #ended(): Omit<Row, 'id'> {
    return { accountId: null, data: null, expiresAt: this.#now() + TOMBSTONE_FOR }
  }

  async #purgeNowAndThen(): Promise<void> {
    this.#writes += 1
    if (this.#writes >= PURGE_AFTER || this.#now() - this.#purgedAt >= PURGE_EVERY) await this.purge()
  }

  async #removeExpired(engine: Engine<Stored<Row>>): Promise<void> {
    await engine.remove({ expiresAt: { $lte: this.#now() } }, { multi: true })
  }
}

/** Null when a fault of the disk changed it: such a session has ended. */
function dataOf(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function removeSurplus(engine: Engine<Stored<Row>>): Promise<void> {
  const surplus = engine.getAllData().length - MAX_SESSIONS
  if (surplus <= 0) return
  const first = await engine.find({}).sort({ expiresAt: 1 }).limit(surplus)
  const ids = first.map((document) => restoreOne<Row>(document).id)
  await engine.remove({ _id: { $in: ids } }, { multi: true })
}
