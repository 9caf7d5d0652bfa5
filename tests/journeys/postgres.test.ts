import { spawnSync } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openEmbedded } from '../../server/stores/nedb/index.ts'
import { openPostgres } from '../../server/stores/postgres/index.ts'
import type { Stores } from '../../server/stores/stores.ts'
import { Database } from '../../workers/keeping/database.ts'
import { crosschat } from '../help/command.ts'
import { exports, furnished, lines, messageIds, shown } from '../help/furnished.ts'
import { NOWHERE } from '../help/outside.ts'
import { PASSWORD, type Postgres, postgresBin, startPostgres } from '../help/postgres.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

interface Context {
  postgres: Postgres
  url: string
  dataDir: string
  elsewhere: string
  remove(): Promise<void>
}

const bin = postgresBin('a server on PostgreSQL')
const test = suite<Context>('a server on PostgreSQL')
test.before.each(async (context) => {
  const data = await temporaryData()
  context.dataDir = join(data.path, 'data')
  context.elsewhere = join(data.path, 'elsewhere')
  context.remove = data.remove
  context.postgres = await startPostgres(bin ?? '')
  context.url = await context.postgres.database()
})

const running = new Set<RunningServer>()
test.after.each(async ({ remove }) => {
  for (const server of running) await server.end('SIGKILL')
  running.clear()
  await remove()
})

async function start(dataDir: string, url = ''): Promise<RunningServer> {
  const server = await startServer({ dataDir, env: { ...NOWHERE, DATABASE_URL: url } })
  running.add(server)
  return server
}

interface Found {
  items: { event: { id: string } }[]
}

test('keeps and finds everything over a kill, a cut of all connections and a crash of the database', async (context) => {
  const { dataDir, url, postgres } = context
  const first = await start(dataDir, url)
  const { owner, past } = await furnished(first, 1_200)
  const before = { shown: await shown(owner), exports: await exports(owner, past) }
  const { items } = await owner.json<Found>('GET', '/api/search?q=%22past%20777%22')
  assert.equal(
    items.map(({ event }) => event.id),
    ['twitch:past-777'],
  )
  const live = await owner.startStream('A live stream')
  const told = await owner.pushLines(lines('live', 0, 100))
  assert.is(told.archived, true)
  await first.end('SIGKILL')

  const second = await start(dataDir, url)
  const again = owner.at(second.base)
  assert.equal(await shown(again), before.shown)
  assert.equal(await exports(again, past), before.exports)
  const ids = lines('live', 0, 100).map((_, nth) => `twitch:live-${nth}`)
  assert.equal(await messageIds(again, live.id), ids)
  assert.is((await again.pushLines(lines('live', 0, 100))).duplicates, 100)

  await postgres.cut()
  assert.is((await again.pushLines(lines('cut', 0, 5))).archived, true)
  await postgres.crash()
  const meanwhile = await again.pushLines(lines('gone', 0, 5)).catch((error: unknown) => error)
  assert.ok(!(meanwhile instanceof Error) || / (507|500|503): /.test(meanwhile.message), String(meanwhile))
  await postgres.start()
  assert.is((await again.pushLines(lines('back', 0, 5))).archived, true)
  await again.endStream()
  const kept = await messageIds(again, live.id)
  assert.equal(kept.slice(0, 105), [...ids, ...lines('cut', 0, 5).map((_, nth) => `twitch:cut-${nth}`)])
  assert.ok(kept.includes('twitch:back-4'))
  assert.is(new Set(kept).size, kept.length)
  assert.is(await second.end(), 0)
  assert.equal(
    (await readdir(dataDir)).filter((name) => name.endsWith('.db') || name === 'archive'),
    [],
  )
  assert.not.match(second.output() + first.output(), PASSWORD)
})

test('takes an installation over from its folder, once, and refuses a database that holds something else', async (context) => {
  const { dataDir, elsewhere, url } = context
  const embedded = await start(dataDir)
  const { owner, past } = await furnished(embedded, 1_200)
  const { key } = await owner.overlay()
  const before = { shown: await shown(owner), exports: await exports(owner, past) }
  const live = await owner.startStream('A live stream')
  await owner.pushLines(lines('live', 0, 20))
  const inUse = await crosschat(['move', '--to', url], { DATA_DIR: dataDir })
  assert.is(inUse.code, 1)
  assert.match(inUse.complained, /is in use by the process \d+/)
  await embedded.end()

  const moved = await crosschat(['move', '--to', url], { DATA_DIR: dataDir })
  assert.is(moved.code, 0, moved.complained)
  assert.match(moved.complained, /every count and sum agrees/)
  assert.not.match(moved.complained, PASSWORD)
  const twice = await crosschat(['move'], { DATA_DIR: dataDir, DATABASE_URL: url })
  assert.is(twice.code, 0, twice.complained)
  assert.match(twice.complained, /are in the database already/)

  const server = await start(dataDir, url)
  const again = owner.at(server.base)
  assert.equal(await shown(again), before.shown, 'the session stands, too')
  assert.equal(await exports(again, past), before.exports)
  assert.is((await again.overlay()).key, key)
  assert.is((await again.pushLines(lines('live', 0, 20))).duplicates, 20)
  await again.pushLines(lines('more', 0, 1))
  assert.is((await messageIds(again, live.id)).length, 21)
  await server.end()

  const since = await crosschat(['move', '--to', url], { DATA_DIR: dataDir })
  assert.is(since.code, 1)
  assert.match(since.complained, /has been used since\. Nothing was changed/)
  await withAccount(openEmbedded({ dataDir: elsewhere, keepFree: 0, note: () => undefined }))
  const another = await crosschat(['move', '--to', url], { DATA_DIR: elsewhere })
  assert.match(another.complained, /holds another installation\. Nothing was changed/)
  const used = await context.postgres.database()
  await withAccount(openPostgres({ url: used, note: () => undefined }))
  const full = await crosschat(['move', '--to', used], { DATA_DIR: elsewhere })
  assert.match(full.complained, /in use already: its table accounts is not empty\. Nothing was changed/)
})

async function withAccount(opening: Promise<Stores>): Promise<void> {
  const stores = await opening
  const account = { id: 'a', username: 'Mira', handle: 'mira', passwordHash: 'h', owner: true, sessionEpoch: 1 }
  await stores.accounts.insert({ ...account, createdAt: 1 })
  await stores.close()
}

test('is saved and brought back by the very words that backup and restore say', async ({ dataDir, url, postgres }) => {
  await withAccount(openPostgres({ url, note: () => undefined }))
  const file = join(dataDir, "Mira's dump")
  const said = async (word: string, env: Record<string, string>) => {
    const { code, complained } = await crosschat([word, file], { DATA_DIR: dataDir, ...env })
    assert.is(code, 1)
    assert.match(complained, /Nothing was (written|changed)\..*secret/is)
    assert.not.match(complained, PASSWORD)
    return complained.split('\n')[1] ?? ''
  }
  const shell = (words: string, address: string) =>
    spawnSync('sh', ['-c', words], { env: { PATH: `${bin}:${process.env.PATH}`, DATABASE_URL: address } })
  const another = await postgres.database()
  await mkdir(dataDir)
  assert.is(shell(await said('backup', { DATABASE_URL: url }), url).status, 0)
  const words = await said('restore', {
    DATABASE_URL: another,
    CROSSCHAT_SECRET: 'a secret that stands in the environment',
  })
  const { status, stderr } = shell(words, another)
  assert.is(status, 0, String(stderr))
  assert.is.not(shell(words, another).status, 0, 'a second time it changes nothing')
  const stores = await openPostgres({ url: another, note: () => undefined })
  assert.is((await stores.accounts.byHandle('mira'))?.username, 'Mira')
  await stores.archive.open('a-stream')
  await stores.close()
})

test('refuses what it cannot work with in a sentence, and never shows the password', async ({ dataDir, url }) => {
  const ask = (address: string, words = ['start']) => crosschat(words, { DATA_DIR: dataDir, DATABASE_URL: address })
  const away = await ask(`postgres://crosschat:${PASSWORD}@127.0.0.1:1/chat`)
  assert.is(away.code, 1)
  assert.match(away.complained, /127\.0\.0\.1:1\/chat: The database cannot be reached\..*Look at DATABASE_URL\./)
  const missing = await ask(url.replace(/\/test_\w+$/, '/nowhere'))
  assert.match(missing.complained, /database "nowhere" does not exist/)
  const told = await ask(url, ['check-config'])
  assert.is(told.code, 0)
  assert.match(told.said, /DATABASE_URL +\*\*\*/)
  const bad = await ask(`mysql://crosschat:${PASSWORD}@127.0.0.1/chat`, ['check-config'])
  assert.match(bad.complained, /DATABASE_URL must be an address as postgres:\/\/user:password@host\/name; it is \*\*\*/)
  const database = new Database({ url, connections: 1, statementMs: 5_000, note: () => undefined })
  await database.rows({ text: 'CREATE SCHEMA crosschat' })
  await database.rows({ text: 'CREATE TABLE crosschat.form (form int NOT NULL)' })
  await database.rows({ text: 'INSERT INTO crosschat.form VALUES (99)' })
  await database.close()
  const newer = await ask(url)
  assert.match(newer.complained, /has the form 99, and this CrossChat knows up to \d+\..*Nothing was changed\./)
  for (const { said, complained } of [away, missing, told, bad, newer]) assert.not.match(said + complained, PASSWORD)
})

if (bin !== null) test.run()
