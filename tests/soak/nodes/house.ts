import { randomBytes } from 'node:crypto'
import { freePort } from '../../help/free-port.ts'
import { DURABLE, type Postgres, postgresBin, startPostgres } from '../../help/postgres.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { Front } from './front.ts'
import { Node } from './node.ts'

const SECRET_BYTES = 32

/** Several nodes with one Redis and one PostgreSQL, all of them real processes, and a real proxy in front. */
export class House {
  readonly redis: RedisServer
  readonly postgres: Postgres
  readonly front: Front
  readonly nodes: readonly Node[]

  private constructor(redis: RedisServer, postgres: Postgres, front: Front, nodes: readonly Node[]) {
    this.redis = redis
    this.postgres = postgres
    this.front = front
    this.nodes = nodes
  }

  static async open(count: number): Promise<House> {
    const bin = postgresBin('several nodes')
    if (bin === null || !redisStands('several nodes')) throw new Error('Several nodes need a PostgreSQL and a Redis.')
    const postgres = await startPostgres(bin, DURABLE)
    const [databaseUrl, redis, frontPort] = [await postgres.database(), await RedisServer.start(), await freePort()]
    const ports = await freePorts(count)
    const bases = [frontPort, ...ports].map((port) => `http://127.0.0.1:${port}`)
    const env = {
      CROSSCHAT_PUBLIC_URL: bases.join(','),
      CROSSCHAT_TRUST_PROXY: '1',
      CROSSCHAT_SECRET: randomBytes(SECRET_BYTES).toString('base64url'),
    }
    const nodes: Node[] = []
    for (const [nth, port] of ports.entries()) {
      const node = await Node.open({ name: `node ${nth + 1}`, port, redisPort: redis.port, databaseUrl, env })
      nodes.push(node)
      await node.start()
    }
    const hosts = nodes.map(({ host }) => host)
    return new House(redis, postgres, await Front.open(frontPort, hosts), nodes)
  }

  async close(): Promise<void> {
    await this.front.close()
    await Promise.all(this.nodes.map((node) => node.close()))
    await this.redis.close()
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}
