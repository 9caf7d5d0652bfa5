import { createHash } from 'node:crypto'
import { openEmbedded } from '../../../server/stores/nedb/index.ts'
import { openPostgres } from '../../../server/stores/postgres/index.ts'
import type { Stores } from '../../../server/stores/stores.ts'
import { NEVER, OFTEN, ONCE } from './chat.ts'
import type { Installation } from './installation.ts'
import {
  recordsInFile,
  recordsInTable,
  type Sum,
  tablesOf,
  transcriptInFiles,
  transcriptInRows,
  withDatabase,
} from './raw.ts'
import { HOOK_SECRET } from './records.ts'

/** Whether the same stands in both, by other means than those of the move itself. */

const PAGE = 1_000
const HITS = 100
/** Rows that one call of a search may go through. */
const BUDGET = 20_000
/** What is asked for in all transcripts, and whether anything is to be found. */
const SEARCHES = [
  { q: OFTEN, found: true },
  { q: ONCE, found: true },
  { q: NEVER, found: false },
  { q: 'from:Noodle_0', found: true },
  { q: '日本語 💚', found: true },
] as const

export interface Compared {
  /** What is not the same. */
  differences: string[]
  records: number
  events: number
  hits: number
}

export async function compare(installation: Installation, url: string): Promise<Compared> {
  const compared: Compared = { differences: [], records: 0, events: 0, hits: 0 }
  await compareRaw(installation, url, compared)
  const here = await openEmbedded({ dataDir: installation.dataDir, keepFree: 0, note: () => undefined })
  const there = await openPostgres({ url, note: () => undefined })
  try {
    await compareStores(here, there, compared)
    await compareSecrets(installation, there, compared)
  } finally {
    await Promise.all([here.close(), there.close()])
  }
  if (compared.events !== installation.records)
    compared.differences.push(`${compared.events} events and gaps were moved of ${installation.records} written`)
  return compared
}

function compareRaw({ dataDir }: Installation, url: string, compared: Compared): Promise<void> {
  return withDatabase(url, async (database) => {
    for (const { file, table } of tablesOf(dataDir)) {
      const [files, rows] = [recordsInFile(file), await recordsInTable(database, table)]
      compared.records += rows.count
      hold(compared, `table ${table}`, files, rows)
    }
    const text = 'SELECT id FROM crosschat.streams ORDER BY id'
    for (const { id } of await database.rows<{ id: string }>({ text })) {
      const [files, rows] = [transcriptInFiles(dataDir, id), await transcriptInRows(database, id)]
      compared.events += rows.count
      hold(compared, `transcript ${id}`, files, rows)
    }
  })
}

async function compareStores(here: Stores, there: Stores, compared: Compared): Promise<void> {
  const ids = await streamsOf(here)
  for (const id of ids) {
    hold(compared, `pages of ${id}`, await pagesOf(here, id), await pagesOf(there, id))
    for (const what of ['open', 'figures'] as const) {
      const [mine, theirs] = [await here.archive[what](id), await there.archive[what](id)]
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) compared.differences.push(`${what} of ${id}`)
    }
  }
  for (const { q, found } of SEARCHES) {
    const [mine, theirs] = [await hitsOf(here, ids, q), await hitsOf(there, ids, q)]
    compared.hits += theirs.count
    hold(compared, `search for ${q}`, mine, theirs)
    if (theirs.count > 0 !== found) compared.differences.push(`search for ${q}: ${theirs.count} hits`)
  }
}

async function compareSecrets({ vault }: Installation, there: Stores, compared: Compared): Promise<void> {
  const sealed = (await there.webhooks.all()).map(({ secret }) => secret)
  for (const { secrets } of await there.sources.all()) sealed.push(...Object.values(secrets))
  const opened = sealed.filter((each) => vault.open(each) === HOOK_SECRET).length
  if (opened === 0 || opened !== sealed.length)
    compared.differences.push(`${opened} of ${sealed.length} sealed secrets open`)
}

async function streamsOf(stores: Stores): Promise<string[]> {
  const ids: string[] = []
  for (let before: string | null = null; ; ) {
    const { items, next } = await stores.accounts.page(PAGE, before)
    for (const { id } of items) {
      const channel = await stores.channels.byAccount(id)
      if (channel !== null) ids.push(...(await stores.streams.ids(channel.id)))
    }
    if (next === null) return ids
    before = next
  }
}

async function pagesOf({ archive }: Stores, id: string): Promise<Sum> {
  const sum = createHash('sha256')
  let count = 0
  for (let cursor: string | null = null; ; ) {
    const { items, next } = await archive.page(id, PAGE, cursor, {})
    for (const item of items) sum.update(JSON.stringify(item))
    count += items.length
    if (next === null) return { count, sum: sum.digest('hex') }
    cursor = next
  }
}

async function hitsOf({ archive }: Stores, ids: readonly string[], q: string): Promise<Sum> {
  const sum = createHash('sha256')
  let count = 0
  for (const id of ids) {
    for (let cursor: string | null = null; ; ) {
      const { hits, next } = await archive.search(id, HITS, cursor, { q }, BUDGET)
      for (const { event, before, after } of hits) sum.update(JSON.stringify([event, before, after]))
      count += hits.length
      if (next === null) break
      cursor = next
    }
  }
  return { count, sum: sum.digest('hex') }
}

function hold({ differences }: Compared, what: string, here: Sum, there: Sum): void {
  if (here.count === there.count && here.sum === there.sum) return
  differences.push(
    `${what}: ${here.count} here, ${there.count} there${here.count === there.count ? ', not the same' : ''}`,
  )
}
