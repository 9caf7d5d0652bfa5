import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DAY_MS, Expiry, GRACE_MS } from '../../../server/expiry.ts'
import { Duty } from '../../../server/leases/duty.ts'
import { RedisLeases } from '../../../server/leases/redis.ts'
import { createLog } from '../../../server/log.ts'
import { archive, message, openDoors } from '../../help/doors.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { linked } from '../../help/redis-bus.ts'

const test = suite('leases/duty')
const log = createLog('silent')
const LEASE_MS = 2_000
const NOW = Date.parse('2026-03-14T12:00:00Z')

test('is done by one node, then by another one once the first has gone, and by nobody while Redis is away', async () => {
  const redis = await RedisServer.start()
  const doors = await openDoors()
  const { stores } = doors
  const links = [await linked(redis.url, 'one'), await linked(redis.url, 'other')]
  const nodes = links.map((link, nth) => {
    const leases = new RedisLeases({ link, node: `n${nth}`, address: () => '', log, leaseMs: LEASE_MS })
    const duty = new Duty(leases, 'expiry', log)
    return { leases, expiry: new Expiry({ stores, log, mine: () => duty.mine(), now: () => NOW }) }
  })
  const [one, other] = nodes
  if (one === undefined || other === undefined) throw new Error('There are no two nodes.')
  const due = async (id: string) => {
    const ended = { channelId: 'c1', title: id, startedAt: 1, endedAt: NOW - DAY_MS, messages: 1 }
    await stores.streams.insert({ id, ...ended, deletedAt: NOW - GRACE_MS - 1 })
    await archive(stores, id, [message(1, `said in ${id}`)])
  }
  await due('first')
  assert.equal([await one.expiry.look(), await other.expiry.look()], [1, 0])
  await due('second')
  assert.equal([await other.expiry.look(), await one.expiry.look()], [0, 1])
  await due('third')
  await one.leases.close()
  assert.is(await other.expiry.look(), 1)
  await due('fourth')
  await redis.kill()
  await one.leases.close()
  assert.is(await one.expiry.look(), 0)
  for (const { leases } of nodes) await leases.close()
  for (const link of links) link.close()
  await doors.close()
  await redis.close()
})

if (redisStands('server/leases/duty')) test.run()
