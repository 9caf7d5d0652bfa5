import { Database, placeOf } from '../../../workers/keeping/database.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'
import { REMEMBERED_IDS } from '../archive.ts'
import { ArchiveClient } from '../archive-client.ts'
import type { Stores } from '../stores.ts'
import { openAccounts } from './accounts.ts'
import { openChannels } from './channels.ts'
import { openDeeds } from './deeds.ts'
import { openDocks } from './docks.ts'
import { openErasures } from './erasures.ts'
import { openInstance } from './instance.ts'
import { openInvites } from './invites.ts'
import { openKeys } from './keys.ts'
import { openLooks } from './looks.ts'
import { openMembers } from './members.ts'
import { migrate } from './migrate.ts'
import { openMoments } from './moments.ts'
import { openOverlays } from './overlays.ts'
import { openPeople } from './people.ts'
import { openRulesHistory } from './rules-history.ts'
import { openSessions } from './sessions.ts'
import { openSources } from './sources.ts'
import { openStages } from './stages.ts'
import { openStreams } from './streams.ts'
import { openWebhooks } from './webhooks.ts'

export interface PostgresOptions {
  url: string
  note: Note
  /** The clock that sessions expire by, ms. */
  now?: () => number
}

/** Connections of the main thread, beside those of the archive thread. */
export const CONNECTIONS = 10
/** A request waits for its statement, and somebody for the request. */
const STATEMENT_MS = 10_000
/** A step may have to go through a whole table. */
const MIGRATION_MS = 60 * 60 * 1_000

/** Everything in one PostgreSQL database, in a schema of its own, which any number of servers may share. */
export async function openPostgres({ url, note, now = Date.now }: PostgresOptions): Promise<Stores> {
  await prepare(url, note)
  const database = new Database({ url, connections: CONNECTIONS, statementMs: STATEMENT_MS, note })
  const archive = await ArchiveClient.start({ url, remembered: REMEMBERED_IDS }, note).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  const place = { database, note, now }
  return {
    accounts: openAccounts(place),
    channels: openChannels(place),
    members: openMembers(place),
    invites: openInvites(place),
    overlays: openOverlays(place),
    looks: openLooks(place),
    docks: openDocks(place),
    stages: openStages(place),
    people: openPeople(place),
    deeds: openDeeds(place),
    rulesHistory: openRulesHistory(place),
    moments: openMoments(place),
    erasures: openErasures(place),
    sessions: openSessions(place),
    keys: openKeys(place),
    webhooks: openWebhooks(place),
    sources: openSources(place),
    streams: openStreams(place),
    archive,
    instance: openInstance(place),
    answers: async () => void (await database.rows({ text: 'SELECT 1' })),
    stood: async () => {},
    async close() {
      await archive.close()
      await database.close()
    },
  }
}

/** In its newest form when it resolves. Throws a sentence that says what to do; also, unless asked otherwise, where a move has broken off. */
export async function prepare(url: string, note: Note, { unfinished = false } = {}): Promise<void> {
  const database = new Database({ url, connections: 1, statementMs: MIGRATION_MS, note })
  try {
    await requireUtf8(database)
    await migrate(database, note)
    if (!unfinished) await requireWhole(database)
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? `${error.message} ${error.cause.message}` : ''
    throw why === '' ? error : new Error(`${placeOf(url)}: ${why}. Look at DATABASE_URL.`, { cause: error })
  } finally {
    await database.close()
  }
}

async function requireWhole(database: Database): Promise<void> {
  const [half] = await database.rows({ text: 'SELECT FROM crosschat.moved WHERE NOT finished' })
  if (half !== undefined) throw new Error('A move into this database is not finished. Run crosschat move again first.')
}

async function requireUtf8(database: Database): Promise<void> {
  const [row] = await database.rows<{ server_encoding: string }>({ text: 'SHOW server_encoding' })
  if (row?.server_encoding === 'UTF8') return
  throw new Error(`The database has the encoding ${row?.server_encoding}. Make one with the encoding UTF8.`)
}
