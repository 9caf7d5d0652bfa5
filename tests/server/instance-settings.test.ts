import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CHANNEL_BYTES, InstanceSettings, MIN_CHANNEL_BYTES } from '../../server/instance-settings.ts'
import { createLog } from '../../server/log.ts'
import { openStores } from '../../server/stores/index.ts'
import { temporaryData } from '../help/server.ts'

const test = suite('instance-settings')

const GIVEN = { registration: 'closed', fixed: false } as const

test('holds what was changed on another server once it has looked, and changes nothing else of it', async () => {
  const data = await temporaryData()
  const stores = await openStores({ driver: 'embedded', dataDir: data.path, log: createLog('silent'), keepFree: 0 })
  const [one, other] = [
    await InstanceSettings.open(stores.instance, GIVEN),
    await InstanceSettings.open(stores.instance, GIVEN),
  ]
  await one.change({ registration: 'open' })
  assert.is(other.registration, 'closed')
  // Changed by a server that has not looked yet.
  await other.change({ channelBytes: MIN_CHANNEL_BYTES })
  assert.equal([other.registration, one.channelBytes], ['open', CHANNEL_BYTES])
  await one.look()
  assert.equal([one.registration, one.channelBytes], ['open', MIN_CHANNEL_BYTES])
  // A look that was on its way when it was changed here says nothing old.
  const looking = one.look()
  await Promise.all([looking, one.change({ registration: 'invite' })])
  assert.is(one.registration, 'invite')
  await stores.close()
  await data.remove()
})

test.run()
