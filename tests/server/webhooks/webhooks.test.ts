import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newId } from '../../../server/auth/ids.ts'
import { Seal } from '../../../server/auth/seal.ts'
import { Vault } from '../../../server/auth/vault.ts'
import { createLog } from '../../../server/log.ts'
import { createMetrics } from '../../../server/metrics.ts'
import type { StreamState } from '../../../server/protocol.ts'
import { openStores } from '../../../server/stores/index.ts'
import { Webhooks } from '../../../server/webhooks/webhooks.ts'
import { temporaryData } from '../../help/server.ts'
import { WebhookReceiver } from '../../help/stand-ins/webhook-receiver.ts'

const OFF: StreamState = { live: false, startedAt: null, title: null }
const HASTE = 50

const test = suite('webhooks: webhooks')

test('tells a new webhook nothing of a stream that ended while the channel had none', async () => {
  const data = await temporaryData()
  const log = createLog('silent')
  const metrics = createMetrics()
  const stores = await openStores({ driver: 'embedded', dataDir: data.path, log, keepFree: 0 })
  const receiver = await WebhookReceiver.start()
  const vault = new Vault(new Seal([Buffer.alloc(32, 1)]))
  const channelId = newId()
  let stream = OFF
  const parts = { stores, vault, anywhere: true, haste: HASTE, stream: () => stream, log, metrics }
  const webhooks = new Webhooks(parts)
  const turns = (to: StreamState) => {
    stream = to
    webhooks.streamChanged(channelId)
  }
  const wanted = { name: 'my bot', url: receiver.url, events: ['stream' as const] }
  const { id } = await webhooks.make(channelId, wanted)
  turns({ live: true, id: 'one', startedAt: 1, title: 'Morning' })
  await receiver.until(() => receiver.events.length > 0)
  await webhooks.remove(channelId, id)
  turns(OFF)
  await webhooks.make(channelId, wanted)
  turns({ live: true, id: 'two', startedAt: 2, title: 'Evening' })
  await receiver.until(() => receiver.events.length > 1)
  await webhooks.stop()
  await Promise.all([stores.close(), receiver.close()])
  metrics.close()
  await data.remove()
  assert.equal(
    receiver.events.map(({ id: of, live }) => [of, live]),
    [
      ['one', true],
      ['two', true],
    ],
  )
})

test.run()
