import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openPostgres } from '../../../../server/stores/postgres/index.ts'
import { migrate } from '../../../../server/stores/postgres/migrate.ts'
import type { Stores } from '../../../../server/stores/stores.ts'
import { StreamWriter } from '../../../../server/stream-writer.ts'
import { Database } from '../../../../workers/keeping/database.ts'
import { type Postgres, postgresBin, startPostgres } from '../../../help/postgres.ts'
import { batchOf, messageOf, messages, removeOf } from '../../../workers/archive/events.ts'
import { refused, transcript } from '../contract/driver.ts'

/** What several servers do to one database at the same time. */

const bin = postgresBin('stores: several servers on one PostgreSQL')
const nodes = suite('stores: several servers on one PostgreSQL')
let postgres: Postgres
let url = ''
let [one, two]: Stores[] = []

nodes.before(async () => {
  postgres = await startPostgres(bin ?? '')
  url = await postgres.database()
  const open = () => openPostgres({ url, note: () => undefined })
  // Both make the tables, and one of them does.
  ;[one, two] = await Promise.all([open(), open()])
})
nodes.after(async () => {
  await one?.close()
  await two?.close()
})

function both(): [Stores['archive'], Stores['archive']] {
  if (one === undefined || two === undefined) throw new Error('The suite has not begun.')
  return [one.archive, two.archive]
}

const fenced = (batch: ReturnType<typeof batchOf>, fence: number) => ({ ...batch, fence })

nodes('give the house one owner, however many ask at once', async () => {
  const account = (handle: string) => ({
    ...{ id: handle, username: handle, handle, passwordHash: 'h', owner: true, sessionEpoch: 1, createdAt: 1 },
  })
  const asked = ['otter', 'stoat'].map((handle, nth) => need(nth === 0 ? one : two).accounts.insert(account(handle)))
  const outcomes = await Promise.allSettled(asked)
  const refusals = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
  assert.equal(refusals, ['busy'])
  assert.is(await need(one).accounts.count(), 1)
})

nodes('refuse whoever held the channel before, from the moment the next one opens its stream', async () => {
  const [stale, next] = both()
  const streamId = randomUUID()
  await stale.open(streamId, 7)
  await stale.append(fenced(batchOf(streamId, 'e1', messages(1, 3)), 7))
  const opened = await next.open(streamId, 8)
  assert.is(opened.messages, 3)
  const late = batchOf(streamId, 'e1', messages(4, 2))
  await refused('storage_fenced', stale.append(fenced(late, 7)))
  await refused('storage_fenced', stale.gap(streamId, 'e1', { kind: 'gap', count: 1, at: 1, reason: 'slow' }, 7))
  await refused('storage_fenced', stale.open(streamId, 7))
  await refused('storage_fenced', stale.end(streamId, 7))
  assert.equal(await next.append(fenced(batchOf(streamId, 'e2', messages(4, 1)), 8)), { messages: 4 })
  assert.is((await transcript(need(one), streamId)).length, 4)
})

nodes('let a writer that was taken over stop, and say of nothing that it is kept', async () => {
  const [stale, next] = both()
  const streamId = randomUUID()
  const failures: unknown[] = []
  const hooks = { failed: (error: unknown) => failures.push(error), queued: () => undefined }
  const writer = new StreamWriter(stale, { id: streamId, messages: 0, fence: 1 }, 'e1', 0, hooks)
  await next.open(streamId, 2)
  writer.note({ kind: 'gap', count: 0, at: 1, reason: 'away' }, 0)
  await writer.flush()
  assert.is(failures.length, 1)
  assert.is((await transcript(need(two), streamId)).length, 0)
})

nodes('keep each event once, whoever sends it, and find all of them', async () => {
  const archives = both()
  const streamId = randomUUID()
  const sends = Array.from({ length: 60 }, (_, nth) => {
    const archive = archives[nth % 2] ?? archives[0]
    // Each piece overlaps with the one before.
    return archive.append(batchOf(streamId, 'e1', messages(nth * 20 + 1, 30)))
  })
  await Promise.all(sends)
  for (const stores of [need(one), need(two)]) {
    const rows = await transcript(stores, streamId)
    const seqs = rows.flatMap((row) => (row.kind === 'gap' ? [] : [row.seq]))
    assert.equal(
      [...seqs].sort((a, b) => a - b),
      Array.from({ length: 1_210 }, (_, nth) => nth + 1),
    )
    for (const q of ['"line 499"', '"line 1200"']) {
      const found = await stores.archive.page(streamId, 5_000, null, { q })
      assert.equal(
        found.items,
        rows.filter((row) => row.kind === 'message' && row.text.includes(q.replaceAll('"', ''))),
        q,
      )
    }
  }
  assert.equal(await archives[0].end(streamId), { messages: 1_210 })
})

nodes('keep a message that is delivered a second time under another number once', async () => {
  const [a, b] = both()
  const streamId = randomUUID()
  await a.append(batchOf(streamId, 'e1', messages(1, 3)))
  const twice = [messageOf({ seq: 4, id: 'twitch:m2' }), messageOf({ seq: 5 }), messageOf({ seq: 6, id: 'twitch:m5' })]
  assert.equal(await b.append(batchOf(streamId, 'e1', twice)), { messages: 4 })
  const rows = await transcript(need(one), streamId)
  assert.equal(
    rows.map((row) => row.kind !== 'gap' && row.seq),
    [1, 2, 3, 5],
  )
})

nodes('see what the other one removed and erased, although they had read it before', async () => {
  const [a, b] = both()
  const streamId = randomUUID()
  await a.append(batchOf(streamId, 'e1', messages(1, 3)))
  assert.is((await transcript(need(two), streamId)).length, 3)
  await a.append(batchOf(streamId, 'e1', [removeOf({ seq: 4, target: { id: 'twitch:m2' } })]))
  const [, second] = await transcript(need(two), streamId)
  assert.ok(second !== undefined && 'removed' in second)
  assert.is((await b.erase(streamId, { platform: 'twitch', authorId: 'u1', names: [] })).events, 3)
  const rows = await transcript(need(one), streamId)
  assert.equal(
    rows.map((row) => row.kind === 'message' && row.text),
    ['', '', '', false],
  )
  await b.remove(streamId)
  assert.equal(await transcript(need(one), streamId), [])
})

nodes('hold every acknowledged event once, however often their connections are cut', async () => {
  const [archive] = both()
  const streamId = randomUUID()
  let acknowledged = 0
  const write = async () => {
    for (let nth = 0; nth < 40; nth++) {
      const batch = batchOf(streamId, 'e1', messages(nth * 10 + 1, 10))
      while ((await archive.append(batch).catch(() => null)) === null);
      acknowledged = (nth + 1) * 10
    }
  }
  const cut = async () => {
    for (let nth = 0; nth < 5; nth++) await postgres.cut()
  }
  await Promise.all([write(), cut()])
  const rows = await transcript(need(one), streamId)
  assert.is(acknowledged, 400)
  assert.equal(rows, messages(1, 400))
})

nodes('undo a step into a new form that fails, and refuse one that is newer', async () => {
  const fresh = await postgres.database()
  const database = new Database({ url: fresh, connections: 2, statementMs: 5_000, note: () => undefined })
  const steps = [
    { to: 1, does: 'makes a table', sql: 'CREATE TABLE crosschat.one (n int)' },
    { to: 2, does: 'fails halfway', sql: 'CREATE TABLE crosschat.two (n int); SELECT 1 / 0' },
  ]
  const failed = await migrate(database, () => undefined, steps).catch((error: unknown) => error)
  assert.instance(failed, Error)
  const tables = async () => (await database.rows<{ name: string }>({ text: TABLES_OF })).map(({ name }) => name)
  assert.equal(await tables(), ['form', 'one'])
  const mended = [steps[0], { to: 2, does: 'makes another', sql: 'CREATE TABLE crosschat.two (n int)' }]
  const sound = mended.flatMap((step) => step ?? [])
  await Promise.all([migrate(database, () => undefined, sound), migrate(database, () => undefined, sound)])
  assert.equal(await tables(), ['form', 'one', 'two'])
  const refusal = await migrate(database, () => undefined, sound.slice(0, 1)).catch((error: unknown) => error)
  assert.match(refusal instanceof Error ? refusal.message : '', /has the form 2, and this CrossChat knows up to 1/)
  await database.close()
})
const TABLES_OF = `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'crosschat' ORDER BY 1`

function need(stores: Stores | undefined): Stores {
  if (stores === undefined) throw new Error('The suite has not begun.')
  return stores
}

if (bin !== null) nodes.run()
