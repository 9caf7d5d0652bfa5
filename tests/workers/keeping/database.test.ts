import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Database, MAX_WAITING_REQUESTS, placeOf, sqlStateOf } from '../../../workers/keeping/database.ts'
import { StorageError } from '../../../workers/keeping/storage-error.ts'
import { PASSWORD, type Postgres, postgresBin, startPostgres } from '../../help/postgres.ts'

const bin = postgresBin('a pool of connections to PostgreSQL')
const pool = suite('a pool of connections to PostgreSQL')
let postgres: Postgres
let url = ''
pool.before(async () => {
  postgres = await startPostgres(bin ?? '')
  url = await postgres.database()
})

const CONNECTIONS = 3
const open = (statementMs = 5_000) =>
  new Database({ url, connections: CONNECTIONS, statementMs, note: () => undefined })

async function refusalOf(task: Promise<unknown>): Promise<StorageError> {
  const error = await task.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof StorageError)) throw new Error(`It was not refused: ${String(error)}`)
  return error
}

pool('replaces connections that the server has ended, and nobody who reads notices', async () => {
  const database = open()
  const ask = () => database.rows<{ one: number }>({ text: 'SELECT 1 AS one' })
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: CONNECTIONS }, ask))
    await postgres.cut()
    assert.equal(await Promise.all(Array.from({ length: CONNECTIONS }, ask)), Array(CONNECTIONS).fill([{ one: 1 }]))
  }
  await database.close()
})

pool('keeps no connection to a server that only reads', async () => {
  const [database, other] = [open(), open()]
  const write = () => database.rows({ text: 'CREATE TABLE IF NOT EXISTS written (n int)', once: true })
  const only = async (reads: 'on' | 'off') => {
    const place = `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = ${reads}`
    await other.transaction(async (runner) => {
      await runner.rows({ text: 'SET TRANSACTION READ WRITE' })
      await runner.rows({ text: place })
    })
  }
  await only('on')
  assert.is(sqlStateOf(await refusalOf(write())), '25006')
  const whole = database.transaction((runner) => runner.rows({ text: 'CREATE TABLE written (n int)' }))
  assert.is(sqlStateOf(await refusalOf(whole)), '25006')
  await only('off')
  await write()
  await Promise.all([database.close(), other.close()])
})

pool('undoes a transaction that fails or loses its connection between two statements, and lives on', async () => {
  const database = open()
  await database.rows({ text: 'CREATE TABLE kept (n int)' })
  const failing = database.transaction(async (runner) => {
    await runner.rows({ text: 'INSERT INTO kept VALUES (1)' })
    await runner.rows({ text: 'SELECT 1 / 0' })
  })
  assert.is(sqlStateOf(await refusalOf(failing)), '22012')
  const cut = database.transaction(async (runner) => {
    await runner.rows({ text: 'INSERT INTO kept VALUES (2)' })
    await postgres.cut()
    await runner.rows({ text: 'INSERT INTO kept VALUES (3)' })
  })
  await refusalOf(cut)
  await database.transaction((runner) => runner.rows({ text: 'INSERT INTO kept VALUES (4)' }))
  assert.equal(await database.rows({ text: 'SELECT n FROM kept' }), [{ n: 4 }])
  await database.close()
})

pool('ends a statement that takes too long, and takes no more requests than it says', async () => {
  const database = open(200)
  assert.is(sqlStateOf(await refusalOf(database.rows({ text: 'SELECT pg_sleep(60)' }))), '57014')
  const held = Array.from({ length: CONNECTIONS }, () => database.rows({ text: 'SELECT pg_sleep(60)' }))
  const many = Array.from({ length: MAX_WAITING_REQUESTS + CONNECTIONS }, () => database.rows({ text: 'SELECT 1' }))
  const [, outcomes] = await Promise.all([Promise.allSettled(held), Promise.allSettled(many)])
  const over = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
  assert.ok(over.length > 0 && over.length <= 2 * CONNECTIONS, `${over.length} refused`)
  assert.match(over.join(), /More than 1000 requests wait for the database/)
  await database.close()
})

pool('says where a database is without its password', () => {
  assert.is(placeOf(`postgres://crosschat:${PASSWORD}@db.example:5432/chat?sslmode=require`), 'db.example:5432/chat')
  assert.is(placeOf(`${PASSWORD}`), 'the database')
})

if (bin !== null) pool.run()
