import { cp } from 'node:fs/promises'
import type { OverlayView } from '../../server/api/overlays.ts'
import type { Panel } from './panel.ts'
import { RedisServer } from './redis.ts'
import { type RunningServer, startServer, temporaryData } from './server.ts'

/**
 * Several servers with one Redis. With `DATABASE_URL` among their settings they share what is kept, too. Without, each has a copy of the same data
 * folder, made before they start: the same accounts and keys; what one of them writes into its folder later the others do not see.
 */
export class Nodes {
  readonly redis: RedisServer
  readonly running: RunningServer[] = []
  readonly #env: Record<string, string>
  readonly #seed: { path: string; remove(): Promise<void> }
  readonly #copies: { remove(): Promise<void> }[] = []

  private constructor(
    redis: RedisServer,
    seed: { path: string; remove(): Promise<void> },
    env: Record<string, string>,
  ) {
    this.redis = redis
    this.#seed = seed
    this.#env = env
  }

  /** `prepare`: what all of them find. */
  static async of(
    prepare: (server: RunningServer) => Promise<void>,
    more: Record<string, string> = {},
  ): Promise<Nodes> {
    const env = { CROSSCHAT_SECRET: 'the same secret of all of them and long enough', ...more }
    const [redis, seed] = [await RedisServer.start(), await temporaryData()]
    const first = await startServer({ dataDir: seed.path, env })
    await prepare(first)
    await first.end()
    return new Nodes(redis, seed, env)
  }

  /** `redisUrl`: another way to the same Redis. */
  async start(redisUrl = this.redis.url): Promise<RunningServer> {
    const copy = await temporaryData()
    this.#copies.push(copy)
    if (this.#env.DATABASE_URL === undefined) await cp(this.#seed.path, copy.path, { recursive: true })
    const server = await startServer({ dataDir: copy.path, env: { ...this.#env, REDIS_URL: redisUrl } })
    this.running.push(server)
    return server
  }

  /** Nobody runs, and Redis knows nothing. */
  async clear(): Promise<void> {
    await Promise.all(this.running.splice(0).map((server) => server.end('SIGKILL')))
    await this.redis.kill()
    await this.redis.forget()
    await this.redis.begin()
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((server) => server.end('SIGKILL')))
    await this.redis.close()
    await Promise.all([this.#seed, ...this.#copies].map((data) => data.remove()))
  }
}

/** The key of a new overlay. */
export async function overlayKey(panel: Panel): Promise<string> {
  const { url } = await panel.json<OverlayView>('POST', '/api/overlays', { name: 'On air' })
  return url.split('#')[1] ?? ''
}
