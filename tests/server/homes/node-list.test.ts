import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORGOTTEN_MS, NodeList, type NodeWord } from '../../../server/homes/node-list.ts'
import { createLog } from '../../../server/log.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { linked } from '../../help/redis-bus.ts'

const test = suite('homes/node-list')

const WORD: NodeWord = {
  ...{ address: 'http://10.0.0.5:3000', version: '1.0.0', startedAt: 1, unready: [], channels: 3, sockets: 2 },
  ...{ eventsPerSecond: 4, cpu: 0.5, memory: 100, redis: null, database: null, lastError: null, platforms: [] },
}

test('each node hears how the others are, until they leave or are silent for long', async () => {
  const redis = await RedisServer.start()
  const link = await linked(redis.url, 'all')
  const [one, other] = ['one', 'other'].map((name) => new NodeList(link, name, createLog('silent')))
  if (one === undefined || other === undefined) throw new Error('Two were made.')
  await one.tell(WORD)
  await other.tell({ ...WORD, channels: 7 })
  await one.tell(WORD)
  const heard = ({ others }: NodeList) => others.map(({ id, word }) => [id, word.channels])
  assert.equal([heard(one), heard(other)], [[['other', 7]], [['one', 3]]])
  assert.ok((one.answered ?? 0) > 0)

  await other.leave()
  // One of another version says less; one that is long gone is forgotten.
  await link.ask(['HSET', 'crosschat:nodes', 'short', `${Date.now()} {"channels":1}`])
  await link.ask(['HSET', 'crosschat:nodes', 'dead', `${Date.now() - 2 * FORGOTTEN_MS} ${JSON.stringify(WORD)}`])
  await one.tell(WORD)
  assert.equal(heard(one), [['short', 1]])
  assert.equal(one.others[0]?.word.platforms, [])
  assert.is(await link.ask(['HEXISTS', 'crosschat:nodes', 'dead']), 0)

  await redis.kill()
  await one.tell(WORD)
  assert.is(one.answered, null)
  assert.equal(heard(one), [['short', 1]], 'what it said last is known for a while')
  link.close()
  await redis.close()
})

if (redisStands('server/homes/node-list')) test.run()
