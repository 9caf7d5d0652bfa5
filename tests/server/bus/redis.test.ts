import type { Bus } from '../../../server/bus/bus.ts'
import { keysOf } from '../../../server/redis/keys.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { busOf, linked } from '../../help/redis-bus.ts'
import { contract } from './contract.ts'

if (redisStands('bus/redis')) contract('redis', open)

async function open() {
  const redis = await RedisServer.start()
  const buses: Bus[] = []
  const asking = await linked(redis.url, 'test')
  return {
    async node() {
      const bus = await busOf(redis.url, `node-${buses.length}`)
      buses.push(bus)
      return bus
    },
    async grant(channelId: string, fence: number) {
      await asking.ask(['HSET', keysOf(channelId).meta, 'fence', String(fence)])
    },
    async discard() {
      await Promise.all(buses.map((bus) => bus.close()))
      asking.close()
      await redis.close()
    },
  }
}
