import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DAY_MS, Expiry, GRACE_MS, MAX_REMOVED, REST_MS } from '../../server/expiry.ts'
import type { Stream } from '../../server/stores/streams.ts'
import { NO_RULES } from '../../workers/ruled.ts'
import { archive, type Doors, message, openDoors } from '../help/doors.ts'

const test = suite<{ doors: Doors }>('expiry')
const NOW = Date.parse('2026-03-14T12:00:00Z')

test.before.each(async (context) => {
  context.doors = await openDoors()
})
test.after.each(({ doors }) => doors.close())

async function keep({ stores }: Doors, stream: Partial<Stream> & { id: string }): Promise<void> {
  const whole = { channelId: 'c1', title: stream.id, startedAt: 1, endedAt: NOW - DAY_MS, messages: 1 }
  await stores.streams.insert({ ...whole, ...stream })
  await archive(stores, stream.id, [message(1, `said in ${stream.id}`)])
}

const expiryOf = ({ stores, house }: Doors) => new Expiry({ stores, log: house.log, now: () => NOW })

/** Streams that are there, each with whether its transcript is. */
async function left({ stores }: Doors, ids: string[]): Promise<string[]> {
  const found: string[] = []
  for (const id of ids) {
    const { items } = await stores.archive.page(id, 10, null, {})
    const record = await stores.streams.byId(id)
    assert.is(items.length > 0, record !== null, `${id}: record and transcript go together`)
    if (record !== null) found.push(id)
  }
  return found
}

test('removes what was deleted once its grace is over, and nothing before', async ({ doors }) => {
  await keep(doors, { id: 'kept' })
  await keep(doors, { id: 'fresh', deletedAt: NOW - GRACE_MS + 1 })
  await keep(doors, { id: 'over', deletedAt: NOW - GRACE_MS - 1 })
  assert.is(await expiryOf(doors).look(), 1)
  assert.equal(await left(doors, ['kept', 'fresh', 'over']), ['kept', 'fresh'])
  assert.is(await expiryOf(doors).look(), 0)
})

test('removes nothing by a clock that has jumped ahead, until it has stood so for a day', async ({ doors }) => {
  await keep(doors, { id: 'deleted', deletedAt: NOW - DAY_MS })
  const at = { wall: NOW, steady: 0 }
  const { stores, house } = doors
  const expiry = new Expiry({ stores, log: house.log, now: () => at.wall, steady: () => at.steady })
  assert.is(await expiry.look(), 0)
  Object.assign(at, { wall: NOW + 10 * DAY_MS, steady: 60_000 })
  assert.is(await expiry.look(), 0)
  Object.assign(at, { wall: NOW + 120_000, steady: 120_000 })
  assert.is(await expiry.look(), 0, 'it was set right')
  assert.equal(await left(doors, ['deleted']), ['deleted'])
  Object.assign(at, { wall: NOW + 10 * DAY_MS, steady: 180_000 })
  assert.is(await expiry.look(), 0)
  Object.assign(at, { wall: NOW + 11 * DAY_MS, steady: 180_000 + REST_MS })
  assert.is(await expiry.look(), 1, 'it is so')
})

test('removes what is older than its channel keeps, and never one that runs', async ({ doors }) => {
  const channel = { accountId: 'a1', name: 'one', rules: NO_RULES, createdAt: 1 }
  await doors.stores.channels.insert({ ...channel, id: 'c1' })
  await doors.stores.channels.insert({ ...channel, id: 'c2', accountId: 'a2' })
  await doors.stores.channels.setRetention('c1', 30)
  await keep(doors, { id: 'old', endedAt: NOW - 31 * DAY_MS })
  await keep(doors, { id: 'young', endedAt: NOW - 29 * DAY_MS })
  await keep(doors, { id: 'running', startedAt: NOW - 90 * DAY_MS, endedAt: null })
  await keep(doors, { id: 'elsewhere', channelId: 'c2', endedAt: NOW - 900 * DAY_MS })
  await expiryOf(doors).look()
  const ids = ['old', 'young', 'running', 'elsewhere']
  assert.equal(await left(doors, ids), ['young', 'running', 'elsewhere'])
  await doors.stores.channels.setRetention('c1', null)
  await expiryOf(doors).look()
  assert.is((await left(doors, ids)).length, 3)
})

test('removes only so many at a look, and the rest at the next', async ({ doors }) => {
  const ids = Array.from({ length: MAX_REMOVED + 3 }, (_, nth) => `s${nth}`)
  for (const id of ids) await keep(doors, { id, deletedAt: NOW - GRACE_MS - 1 })
  const expiry = expiryOf(doors)
  assert.is(await expiry.look(), MAX_REMOVED)
  assert.is((await left(doors, ids)).length, 3)
  assert.is(await expiry.look(), 3)
  assert.equal(await left(doors, ids), [])
})

test.run()
