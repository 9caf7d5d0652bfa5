import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../server/errors.ts'
import { requireRoom, storageOf } from '../../server/storage-use.ts'
import { archive, type Doors, message, openDoors } from '../help/doors.ts'

const test = suite<{ doors: Doors }>('storage-use')
test.before.each(async (context) => {
  context.doors = await openDoors()
})
test.after.each(async ({ doors }) => doors.close())

async function keep({ stores }: Doors, id: string, channelId: string, startedAt: number): Promise<void> {
  await stores.archive.open(id)
  await stores.streams.insert({ id, channelId, title: '', startedAt, endedAt: startedAt + 1, messages: 0 })
  await archive(stores, id, [message(1, 'what a jump')])
  await stores.archive.end(id)
}

test('counts the files of a channel’s own streams', async ({ doors }) => {
  await keep(doors, 'one', 'otter', 20)
  await keep(doors, 'two', 'otter', 10)
  await keep(doors, 'three', 'badger', 5)
  const { streams, bytes, oldest } = await storageOf(doors.stores, 'otter')
  assert.equal([streams, oldest], [2, 10])
  assert.is(bytes, (await doors.stores.archive.bytes('one')) + (await doors.stores.archive.bytes('two')))
  assert.equal(await storageOf(doors.stores, 'nobody'), { streams: 0, bytes: 0, oldest: null })
})

test('lets no stream begin in a channel that keeps as much as it may, and says how much that is', async ({ doors }) => {
  await keep(doors, 'one', 'otter', 20)
  await requireRoom(doors.stores, 'otter', 2 ** 30)
  await requireRoom(doors.stores, 'badger', 1)
  const error = await requireRoom(doors.stores, 'otter', 1).catch((thrown: unknown) => thrown)
  assert.is(error instanceof CrossChatError && error.code, 'channel_full')
  assert.match(String(error), /Delete old streams.*0\.0 GiB of 0\.0 GiB/)
})

test.run()
