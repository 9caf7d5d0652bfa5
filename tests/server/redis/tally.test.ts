import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../server/errors.ts'
import { createLog } from '../../../server/log.ts'
import { createMetrics } from '../../../server/metrics.ts'
import { LIMITS, Rates } from '../../../server/middleware/rate.ts'
import type { Link } from '../../../server/redis/link.ts'
import { Tally } from '../../../server/redis/tally.ts'
import { CuttableProxy } from '../../help/proxy.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { linked } from '../../help/redis-bus.ts'

interface Context {
  redis: RedisServer
  proxy: CuttableProxy
  links: Link[]
  /** Of two nodes; the second one's way to Redis can be cut. */
  one: Rates
  other: Rates
}

const test = suite<Context>('redis/tally')
const metrics = createMetrics()
const log = createLog('silent')

test.before(async (context) => {
  context.redis = await RedisServer.start()
  context.proxy = await CuttableProxy.to(context.redis.port)
  context.links = [
    await linked(context.redis.url, 'one'),
    await linked(context.proxy.base.replace('http:', 'redis:'), 'other'),
  ]
  const [one, other] = context.links.map((link) => new Rates(metrics, new Tally(link, log)))
  if (one === undefined || other === undefined) throw new Error('There are no two nodes.')
  Object.assign(context, { one, other })
})
test.after(async ({ redis, proxy, links }) => {
  for (const link of links) link.close()
  proxy.close()
  await redis.close()
  metrics.close()
})

const { points, seconds } = LIMITS.login

/** How many of so many calls are let through. */
async function passed(rates: Rates, key: string, calls: number): Promise<number> {
  let through = 0
  for (let call = 0; call < calls; call++) if ((await waits(rates, key)) === 0) through++
  return through
}

async function waits(rates: Rates, key: string): Promise<number> {
  try {
    await rates.take('login', key)
    return 0
  } catch (error) {
    if (!(error instanceof CrossChatError) || error.code !== 'too_many') throw error
    return error.retryAfter ?? 0
  }
}

test('counts the calls of all nodes together, and says how long to wait', async ({ one, other }) => {
  assert.is(await passed(one, 'noodle', points - 1), points - 1)
  assert.is(await passed(other, 'noodle', 3), 1)
  const wait = await waits(one, 'noodle')
  assert.ok(wait >= 1 && wait <= seconds, String(wait))
  assert.is(await one.used('login', 'noodle'), points + 3)
  assert.is(await waits(other, 'another'), 0)
})

test('forgets and gives back on every node', async ({ one, other }) => {
  await passed(one, 'good', points)
  await other.giveBack('login', 'good')
  assert.is(await passed(one, 'good', 2), 1)
  await other.clear('login', 'good')
  assert.is(await passed(one, 'good', 1), 1)
})

test('goes by what a node has counted itself while Redis is away or silent', async ({ one, other, proxy, redis }) => {
  await passed(other, 'cut off', 2)
  await passed(one, 'cut off', points)
  proxy.cut()
  assert.is(await passed(other, 'cut off', points), points - 2)
  redis.pause()
  assert.is(await passed(one, 'silent', points + 1), points)
  redis.goOn()
})

if (redisStands('server/redis/tally')) test.run()
