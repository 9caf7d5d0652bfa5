import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { KeyView } from '../../../server/api/programs.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { ask, jsonOf, member, openDoors } from '../../help/doors.ts'

const test = suite('middleware/api-key')

test('a key works also where its use cannot be written down', async () => {
  const doors = await openDoors()
  const visitor = await member(doors.port, 'Otter')
  const { key } = jsonOf<KeyView>(await visitor.call('POST', '/api/keys', { name: 'bot', scopes: ['produce', 'read'] }))
  let tried = 0
  doors.stores.keys.touch = async () => {
    tried++
    throw new CrossChatError('storage_failed')
  }
  const { status } = await ask(doors.port, { path: '/api/streams', headers: { authorization: `Bearer ${key}` } })
  assert.equal([status, tried], [200, 1])
  await doors.close()
})

test.run()
