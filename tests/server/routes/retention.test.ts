import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/retention')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after.each(({ doors }) => doors.close())

test('is for ever until it is set, and says how many streams are older', async ({ doors, visitor }) => {
  const get = async () => jsonOf(await visitor.call('GET', '/api/retention'))
  assert.equal(await get(), { days: null, due: 0 })
  const { id } = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me')).channel
  const old = { id: 's1', channelId: id, title: 'old', startedAt: 1, endedAt: 2, messages: 0 }
  await doors.stores.streams.insert(old)
  const preview = await visitor.call('PUT', '/api/retention', { days: 30, preview: true })
  assert.equal(jsonOf(preview), { days: 30, due: 1 })
  assert.equal(await get(), { days: null, due: 0 }, 'nothing was set')
  assert.equal(jsonOf(await visitor.call('PUT', '/api/retention', { days: 30 })), { days: 30, due: 1 })
  assert.equal(await get(), { days: 30, due: 1 })
  await visitor.call('PUT', '/api/retention', { days: null })
  assert.equal(await get(), { days: null, due: 0 })
})

test('refuses what is no number of days', async ({ visitor }) => {
  for (const days of [0, -1, 1.5, 'thirty', 9_999, undefined]) {
    assert.is((await visitor.call('PUT', '/api/retention', { days })).status, 400, String(days))
  }
})

test.run()
