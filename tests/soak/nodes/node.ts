import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningServer, startServer, temporaryData } from '../../help/server.ts'
import { Ways } from './ways.ts'

const READY_WITHIN_MS = 120_000
const AGAIN_MS = 500

export interface NodeOptions {
  name: string
  port: number
  redisPort: number
  /** The database, as it is reached straight. */
  databaseUrl: string
  /** Of the house: the same for all nodes. */
  env: Record<string, string>
}

type Data = Awaited<ReturnType<typeof temporaryData>>

/** One machine: a built server, and the only ways that lead to it and away from it. */
export class Node {
  readonly name: string
  /** All that its servers have said, of each since its start. */
  readonly servers: RunningServer[] = []
  readonly #options: NodeOptions
  readonly #ways: Ways
  readonly #data: Data
  readonly #kill = () => this.#server?.child.kill('SIGKILL')

  private constructor(options: NodeOptions, ways: Ways, data: Data) {
    this.name = options.name
    this.#options = options
    this.#ways = ways
    this.#data = data
    process.once('exit', this.#kill)
  }

  static async open(options: NodeOptions): Promise<Node> {
    const { port, redisPort, databaseUrl } = options
    const databasePort = Number(new URL(databaseUrl).port)
    const ways = await Ways.lead({ to: port, redis: redisPort, database: databasePort })
    return new Node(options, ways, await temporaryData())
  }

  /** Where the proxy in front and the other nodes reach it. */
  get host(): string {
    return this.#ways.hosts.to
  }

  /** Straight to it, whatever is cut. */
  get base(): string {
    return `http://127.0.0.1:${this.#options.port}`
  }

  /** Tried again while what it needs is away, as whoever watches over it would. */
  async start(): Promise<void> {
    await this.#ways.begin()
    for (;;) {
      try {
        this.servers.push(await this.#begin())
        return
      } catch (error) {
        console.log(`${this.name} did not start: ${String(error).slice(0, 300)}`)
        await sleep(AGAIN_MS)
      }
    }
  }

  /** From then on nobody listens at its address. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.#server?.end(signal)
    await this.#ways.end()
  }

  pause(): void {
    this.#server?.child.kill('SIGSTOP')
  }

  goOn(): void {
    this.#server?.child.kill('SIGCONT')
  }

  /** Nothing comes to it or from it, and nobody is told. */
  cut(frozen: boolean): void {
    this.#ways.frozen = frozen
  }

  get pid(): number {
    return this.#server?.child.pid ?? 0
  }

  async close(): Promise<void> {
    await this.end('SIGKILL')
    process.off('exit', this.#kill)
    await this.#ways.close()
    await this.#data.remove()
  }

  get #server(): RunningServer | undefined {
    return this.servers.at(-1)
  }

  #begin(): Promise<RunningServer> {
    const { port, databaseUrl, env } = this.#options
    const { redis, database, to } = this.#ways.hosts
    const through = new URL(databaseUrl)
    through.host = database
    const ways = { REDIS_URL: `redis://${redis}`, DATABASE_URL: through.href, CROSSCHAT_NODE_URL: `http://${to}` }
    const all = { CROSSCHAT_LOG: 'info', CROSSCHAT_DRAIN_MS: '0', ...env, ...ways }
    return startServer({ dataDir: this.#data.path, port, env: all, readyWithinMs: READY_WITHIN_MS })
  }
}
