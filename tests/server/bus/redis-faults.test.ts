import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_EVENTS } from '../../../server/bus/bus.ts'
import type { RedisBus } from '../../../server/bus/redis/index.ts'
import { keysOf } from '../../../server/redis/keys.ts'
import { CuttableProxy } from '../../help/proxy.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { busOf, linked } from '../../help/redis-bus.ts'
import { Hearer, range, seqsOf, slices } from './hearer.ts'

interface Context {
  redis: RedisServer
  proxy: CuttableProxy
  buses: RedisBus[]
  grant(channelId: string, fence: number): Promise<void>
  /** A home of this channel, and what its own listener hears. */
  home(channelId: string, url?: string): Promise<{ bus: RedisBus; own: Hearer }>
  follower(channelId: string, url?: string): Promise<Hearer>
}

const test = suite<Context>('redis bus under faults')

test.before(async (context) => {
  context.redis = await RedisServer.start()
  context.proxy = await CuttableProxy.to(context.redis.port)
  context.buses = []
  const { redis, buses } = context
  context.grant = async (channelId, fence) => {
    const link = await linked(redis.url, 'grants')
    await link.ask(['HSET', keysOf(channelId).meta, 'fence', String(fence)])
    link.close()
  }
  const bus = async (url = redis.url) => {
    const made = await busOf(redis.url, `node-${buses.length}`, 100, url)
    buses.push(made)
    return made
  }
  context.home = async (channelId, url = redis.url) => {
    await context.grant(channelId, 1)
    const made = await busOf(url, `node-${buses.length}`)
    buses.push(made)
    const own = new Hearer()
    own.epoch = 'first'
    made.listen(own)
    made.begin({ channelId, fence: 1, epoch: 'first', seq: 0 })
    return { bus: made, own }
  }
  context.follower = async (channelId, url) => Hearer.following(await bus(url), channelId)
})
test.after.each(({ proxy, redis }) => {
  proxy.mend()
  proxy.thaw()
  redis.goOn()
})
test.after(async ({ redis, proxy, buses }) => {
  await Promise.all(buses.map((bus) => bus.close()))
  proxy.close()
  await redis.close()
})

test('goes on without Redis for its own listener, and the others have all of it once Redis is back', async (context) => {
  const { home, follower, redis } = context
  const { bus, own } = await home('killed')
  const other = await follower('killed')
  for (const slice of slices('killed', 'first', 1, 100)) bus.publish(slice)
  await other.until(() => other.seq === 100)
  await redis.kill()
  for (const slice of slices('killed', 'first', 101, 400)) bus.publish(slice)
  assert.equal([own.heard, own.violations], [range(1, 400), []])
  await redis.begin()
  await other.until(() => other.seq === 400)
  assert.equal([other.heard, other.violations], [range(1, 400), []])
})

test('fills a Redis that has lost everything with what it keeps', async ({ home, follower, grant, redis }) => {
  const { bus } = await home('lost')
  const other = await follower('lost')
  for (const slice of slices('lost', 'first', 1, 100)) bus.publish(slice)
  await other.until(() => other.seq === 100)
  await redis.kill()
  await redis.forget()
  await redis.begin()
  for (const slice of slices('lost', 'first', 101, 150)) bus.publish(slice)
  // As the lease does, which Redis has forgotten, too.
  await grant('lost', 2)
  bus.begin({ channelId: 'lost', fence: 2, epoch: 'first', seq: 150 })
  await other.until(() => other.seq === 150)
  assert.equal([other.heard, other.violations], [range(1, 150), []])
  const late = await follower('lost')
  assert.equal([late.heard, late.epoch, late.seq], [range(1, 150), 'first', 150])
})

test('waits for nobody while Redis stands still', async ({ home, follower, redis }) => {
  const { bus, own } = await home('paused')
  const other = await follower('paused')
  redis.pause()
  for (const slice of slices('paused', 'first', 1, 300)) bus.publish(slice)
  assert.equal(own.heard, range(1, 300))
  redis.goOn()
  await other.until(() => other.seq === 300)
  assert.equal([other.heard, other.violations], [range(1, 300), []])
})

test('brings each event once over a way that is cut again and again', async ({ home, follower, proxy }) => {
  const { bus } = await home('cut', proxy.base.replace('http:', 'redis:'))
  const other = await follower('cut')
  let next = 1
  for (let round = 0; round < 6; round++) {
    for (const slice of slices('cut', 'first', next, next + 39, 3)) bus.publish(slice)
    next += 40
    // What was sent may have been taken, without a word about it.
    await new Promise((resolve) => setImmediate(resolve))
    proxy.cut()
    proxy.mend()
  }
  await other.until(() => other.seq === next - 1)
  assert.equal([other.heard, other.violations], [range(1, next - 1), []])
})

test('says by its numbers what was too much to keep while Redis was away', async ({ home, follower, redis }) => {
  const { bus } = await home('flooded')
  const other = await follower('flooded')
  for (const slice of slices('flooded', 'first', 1, 10)) bus.publish(slice)
  await other.until(() => other.seq === 10)
  await redis.kill()
  for (const slice of slices('flooded', 'first', 11, 5_000, 10)) bus.publish(slice)
  await redis.begin()
  await other.until(() => other.seq === 5_000)
  assert.equal(other.violations, [])
  assert.ok(other.renewals > 0)
  const kept = other.heard.slice(10)
  assert.ok(kept.length <= MAX_EVENTS && kept.length > MAX_EVENTS / 2, `${kept.length} came`)
  assert.equal(kept, range(5_001 - kept.length, 5_000))
})

test('gives a follower that was cut off what it missed, each event once', async ({ home, follower, proxy }) => {
  const { bus } = await home('missed')
  const other = await follower('missed', proxy.base.replace('http:', 'redis:'))
  for (const slice of slices('missed', 'first', 1, 50)) bus.publish(slice)
  await other.until(() => other.seq === 50)
  proxy.cut()
  for (const slice of slices('missed', 'first', 51, 200)) bus.publish(slice)
  proxy.mend()
  await other.until(() => other.seq === 200)
  assert.equal([other.heard, other.violations], [range(1, 200), []])
})

test('tells a follower that was away for too long, and gives it what there is', async ({ home, follower, proxy }) => {
  const { bus } = await home('behind')
  const quick = await follower('behind')
  const slow = await follower('behind', proxy.base.replace('http:', 'redis:'))
  proxy.freeze()
  for (const slice of slices('behind', 'first', 1, 5_000, 50)) {
    bus.publish(slice)
    const last = slice.events.at(-1)?.seq ?? 0
    // In steps, so that the stream moves on and nothing is left out at the home.
    if (last % 500 === 0) await quick.until(() => quick.seq >= last)
  }
  proxy.thaw()
  await slow.until(() => slow.seq === 5_000)
  assert.equal([quick.heard.length, quick.violations, slow.violations], [5_000, [], []])
  assert.ok(slow.renewals > 0)
  assert.ok(slow.heard.length < 5_000, `${slow.heard.length} came`)
  assert.is(slow.heard.at(-1), 5_000)
})

test('finds out that what it waits for will never come', async ({ home, follower, redis }) => {
  const { bus } = await home('stuck')
  const other = await follower('stuck')
  for (const slice of slices('stuck', 'first', 1, 5)) bus.publish(slice)
  await other.until(() => other.seq === 5)
  const link = await linked(redis.url, 'thief')
  await link.ask(['HSET', keysOf('stuck').meta, 'seq', '9'])
  await other.until(() => other.seq === 9)
  assert.ok(other.renewals > 0)
  assert.equal(seqsOf(await bus.history('stuck')), range(1, 5))
  link.close()
})

if (redisStands('bus/redis-faults')) test.run()
