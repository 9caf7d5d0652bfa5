import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InTurn } from './in-turn.ts'
import { databaseOfRun } from './postgres.ts'
import { RedisServer } from './redis.ts'
import type { RunningServer, ServerOptions } from './server.ts'

/**
 * Several servers in the place of one, for tests that know nothing of it: they share a database and a Redis, and whoever calls them is answered
 * by each in turn. Those that are started on the same folder again find what was kept.
 */

const SECRET = 'the same secret of all of them and long enough'

/** How many servers a test's server is; the first one has the test's own data folder. */
export function serversWanted(): number {
  return Number(process.env.CROSSCHAT_TEST_NODES ?? 1)
}

type Start = (options: ServerOptions) => Promise<RunningServer>

export async function startSeveral(count: number, options: ServerOptions, start: Start): Promise<RunningServer> {
  const { dataDir, env = {}, port } = options
  const ground = await groundOf(dataDir, count)
  const all = { CROSSCHAT_SECRET: SECRET, ...env, REDIS_URL: ground.redis, DATABASE_URL: ground.database }
  const nodes = await allOrNone(
    [dataDir, ...ground.folders].map((folder) => start({ ...options, dataDir: folder, port: 0, env: all })),
  )
  const front = await InTurn.before(
    nodes.map((node) => node.port),
    port,
  )
  const base = `http://127.0.0.1:${front.port}`
  const [first] = nodes
  if (first === undefined) throw new Error('No server was wanted.')
  return {
    nodes,
    base,
    port: front.port,
    dataDir,
    child: first.child,
    // What they print names their own address; whoever opens that would meet one of them only.
    output: () => nodes.map((node) => node.output().replaceAll(node.base, base)).join(''),
    async end(signal) {
      const codes = await Promise.all(nodes.map((node) => node.end(signal)))
      front.close()
      return codes.find((code) => code !== 0) ?? codes[0] ?? null
    },
  }
}

/** What else must be told that is to share it with those that were started on the folder. */
export async function sharedBy(dataDir: string): Promise<{ REDIS_URL: string; DATABASE_URL: string }> {
  const ground = await grounds.get(dataDir)
  if (ground === undefined) throw new Error('Nothing was started there.')
  return { REDIS_URL: ground.redis, DATABASE_URL: ground.database }
}

interface Ground {
  redis: string
  database: string
  /** Of all servers but the first. */
  folders: string[]
}
const grounds = new Map<string, Promise<Ground>>()

function groundOf(dataDir: string, count: number): Promise<Ground> {
  const ground = grounds.get(dataDir) ?? makeGround(grounds.size, count)
  grounds.set(dataDir, ground)
  return ground
}

const made: string[] = []
function removeAll(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

let redis: Promise<RedisServer> | null = null

async function makeGround(nth: number, count: number): Promise<Ground> {
  redis ??= RedisServer.ofFile()
  const { url } = await redis
  const database = await databaseOfRun()
  const folders = Array.from({ length: count - 1 }, () => mkdtempSync(join(tmpdir(), 'crosschat-test-node-')))
  if (made.length === 0) process.once('exit', removeAll)
  made.push(...folders)
  return { redis: `${url}/${nth}`, database, folders }
}

async function allOrNone(starting: Promise<RunningServer>[]): Promise<RunningServer[]> {
  const ended = await Promise.allSettled(starting)
  const failed = ended.find((each) => each.status === 'rejected')
  const running = ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  if (failed === undefined) return running
  await Promise.all(running.map((server) => server.end('SIGKILL')))
  throw failed.reason
}
