import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { Database } from '../../workers/keeping/database.ts'
import { PASSWORD, Panel } from '../help/panel.ts'
import { DURABLE, type Postgres, postgresBin, startPostgres } from '../help/postgres.ts'
import { RedisServer, redisStands } from '../help/redis.ts'
import { mainSecondsOf, secondsOf, startedHere } from './scale-cpu.ts'
import type { FromNode, Tenant } from './scale-words.ts'

const QUICK_PASSWORDS = pathToFileURL(join(process.cwd(), 'tests', 'help', 'quick-passwords.mjs')).href
const SECRET = 'a secret of the bench that all of its nodes know'

/** What all of it has used so far. */
export interface Used {
  /** On a core, s: all threads of each node, and its main thread alone. */
  nodes: number[]
  mains: number[]
  redis: number
  postgres: number
  redisBytes: number
  walBytes: number
}

interface Beside {
  redis: RedisServer
  postgres: Postgres
  database: string
}

/** Several nodes with Redis and PostgreSQL; or one that keeps all of it itself. */
export class ScaleHouse {
  readonly bases: string[] = []
  readonly #beside: Beside | null
  readonly #folders: string[] = []
  readonly #nodes: ChildProcess[] = []

  private constructor(beside: Beside | null) {
    this.#beside = beside
  }

  /** `nodes`: 0 = one alone, embedded. */
  static async open(nodes: number): Promise<ScaleHouse> {
    const house = new ScaleHouse(nodes === 0 ? null : await besides())
    for (let nth = 0; nth < Math.max(1, nodes); nth++) await house.#start()
    return house
  }

  /** Channels with a running stream, each of the next node; their overlays' keys. */
  async furnish(channels: number, overlays: number): Promise<Tenant[]> {
    const tenants: Tenant[] = []
    for (let nth = 0; nth < channels; nth++) {
      const panel = await register(this.bases[nth % this.bases.length] ?? '', nth)
      const keys: string[] = []
      for (let of = 1; of <= overlays; of++) {
        const { url } = await panel.json<{ url: string }>('POST', '/api/overlays', { name: `Overlay ${of}` })
        keys.push(url.split('#')[1] ?? '')
      }
      await panel.startStream()
      tenants.push({ cookie: panel.cookie, keys })
    }
    return tenants
  }

  async used(): Promise<Used> {
    const nodes = this.#nodes.map(({ pid = 0 }) => secondsOf([pid]))
    const mains = this.#nodes.map(({ pid = 0 }) => mainSecondsOf(pid))
    if (this.#beside === null) return { nodes, mains, redis: 0, postgres: 0, redisBytes: 0, walBytes: 0 }
    const { redis, database } = this.#beside
    return {
      nodes,
      mains,
      redis: secondsOf(startedHere('redis-server')),
      postgres: secondsOf(startedHere('postgres')),
      redisBytes: await redisBytes(redis.port),
      walBytes: await walBytes(database),
    }
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#nodes.map(async (node) => {
        const ended = once(node, 'exit')
        node.disconnect()
        await ended
      }),
    )
    await this.#beside?.redis.close()
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true })
  }

  async #start(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'crosschat-bench-'))
    this.#folders.push(folder)
    const beside = this.#beside
    const shared = beside === null ? {} : { REDIS_URL: beside.redis.url, DATABASE_URL: beside.database }
    const env = { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', CROSSCHAT_LOG: 'warn', CROSSCHAT_SECRET: SECRET }
    const node = fork(new URL('./scale-node.js', import.meta.url), {
      env: { ...env, ...shared, CROSSCHAT_TRUST_PROXY: '1' },
      execArgv: ['--import', QUICK_PASSWORDS, ...profiled()],
    })
    const ended = once(node, 'exit').then(() => Promise.reject(new Error('A node of the bench ended.')))
    // Later, when it is told to.
    ended.catch(() => {})
    const [word]: [FromNode] = await Promise.race([once(node, 'message') as Promise<[FromNode]>, ended])
    this.#nodes.push(node)
    this.bases.push(word.base)
  }
}

/** As behind a proxy, each from an address of their own: nobody may register so many accounts. The first one is this machine's own. */
async function register(base: string, nth: number): Promise<Panel> {
  const panel = new Panel(base)
  const from: Record<string, string> = nth === 0 ? {} : { 'X-Forwarded-For': `10.0.${nth >> 8}.${nth & 255}` }
  await panel.json('POST', '/api/auth/register', { username: `sample_streamer_${nth}`, password: PASSWORD }, from)
  return panel
}

/** `CROSSCHAT_BENCH_PROFILES`: a folder for what each thread of each node did, as `node --cpu-prof` writes it. */
function profiled(): string[] {
  const folder = process.env.CROSSCHAT_BENCH_PROFILES
  return folder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', folder]
}

async function besides(): Promise<Beside> {
  const bin = postgresBin('the scale bench')
  if (bin === null || !redisStands('the scale bench')) throw new Error('Several nodes need PostgreSQL and Redis.')
  const postgres = await startPostgres(bin, DURABLE)
  return { postgres, redis: await RedisServer.start(), database: await postgres.database() }
}

/** In and out. */
async function redisBytes(port: number): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  socket.end('INFO stats\r\n')
  const said = await text(socket)
  const of = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(said)?.[1])
  return of('total_net_input_bytes') + of('total_net_output_bytes')
}

async function walBytes(url: string): Promise<number> {
  const database = new Database({ url, connections: 1, statementMs: 10_000, note: () => undefined })
  try {
    const [row] = await database.rows<{ bytes: string }>({ text: 'SELECT wal_bytes::text AS bytes FROM pg_stat_wal' })
    return Number(row?.bytes)
  } finally {
    await database.close()
  }
}
