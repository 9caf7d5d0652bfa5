import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORGOTTEN_MS, type Sockets, SocketsElsewhere } from '../../../server/homes/sockets-elsewhere.ts'
import { createLog } from '../../../server/log.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { linked } from '../../help/redis-bus.ts'

const test = suite('homes/sockets-elsewhere')

const CLIENT = { name: 'On air', obs: null, since: 1 }
const OVERLAY = { overlay: 'o1', ...CLIENT, version: null, engine: null, report: null }
const DOCK = { dock: 'd1', ...CLIENT }
const NONE: Sockets = { overlays: [], docks: [] }

test('each node knows what is connected at the others, and no longer once it is gone or its node silent', async () => {
  const redis = await RedisServer.start()
  const link = await linked(redis.url, 'all')
  const node = (name: string, sockets: Sockets) => {
    const elsewhere = new SocketsElsewhere(link, name, createLog('silent'))
    const changes: string[] = []
    const here = {
      sockets,
      channels: () => ['cool_channel', 'quiet_channel'],
      of: (id: string) => (id === 'cool_channel' ? here.sockets : NONE),
      changed: (id: string) => void changes.push(id),
    }
    return { here, changes, tell: () => elsewhere.tell(here), of: (id: string) => ({ ...elsewhere.of(id) }) }
  }
  const [one, other, third] = [
    node('one', { overlays: [OVERLAY], docks: [] }),
    node('other', { overlays: [OVERLAY], docks: [DOCK] }),
    node('third', NONE),
  ]
  for (const each of [one, other, third, one]) await each.tell()
  const seen = ({ of }: typeof one) => [of('cool_channel').overlays.length, of('cool_channel').docks.length]
  assert.equal(
    [seen(one), seen(other), seen(third)],
    [
      [1, 1],
      [1, 0],
      [2, 1],
    ],
  )
  assert.equal(one.of('cool_channel').overlays, [OVERLAY])
  assert.equal([one.of('quiet_channel'), one.changes], [NONE, ['cool_channel']])

  other.here.sockets = NONE
  await other.tell()
  await one.tell()
  assert.equal([seen(one), one.changes.length], [[0, 0], 2])

  // A node that died has told long ago.
  const word = JSON.stringify({ overlays: [OVERLAY], docks: [] })
  const key = 'crosschat:{cool_channel}:sockets'
  await link.ask(['HSET', key, 'dead', `${Date.now() - 2 * FORGOTTEN_MS} ${word}`])
  await one.tell()
  assert.equal(seen(one), [0, 0])
  assert.is(await link.ask(['HEXISTS', key, 'dead']), 0)
  const lasts = Number(await link.ask(['PTTL', key]))
  assert.ok(lasts > 0 && lasts <= FORGOTTEN_MS, String(lasts))
  link.close()
  await redis.close()
})

if (redisStands('server/homes/sockets-elsewhere')) test.run()
