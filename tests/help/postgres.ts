import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Database } from '../../workers/keeping/database.ts'
import { freePort } from './free-port.ts'

/** Real PostgreSQL servers for tests: each in a folder and on a port of its own, gone when the file's process ends. */

/** Where Debian puts the servers, one folder a version. */
const DEBIAN = '/usr/lib/postgresql'
const INSTALL =
  'apt-get -o DPkg::Lock::Timeout=120 update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends postgresql'
/** Nothing has to survive a test's machine, and little memory is there for each. */
const QUICK = ['fsync=off', 'full_page_writes=off', 'shared_buffers=16MB', 'max_connections=60', 'autovacuum=off']

/** With room for the servers of several files. */
const MANY = QUICK.map((each) => each.replace(/^(max_connections)=.*/, '$1=400'))

/** As somebody runs it who means to keep what it says it has. */
export const DURABLE = ['shared_buffers=128MB', 'max_connections=200', 'checkpoint_timeout=30s']

export interface Postgres {
  /** The address of its own database, from which others are made. */
  admin: string
  /** A new database in it; resolves with its address. */
  database(): Promise<string>
  /** Ends every connection, as a restart of the database would. */
  cut(): Promise<void>
  /** As `kill -9` of the whole machine that it runs on would. */
  crash(): Promise<void>
  /** Behind a crash, on the same folder and port. */
  start(): Promise<void>
}

/**
 * The folder of PostgreSQL's programs; installed first where it is absent and we may. Null = neither: then it has said loudly that the
 * suite does not run, and where CI is `true` it throws.
 */
export function postgresBin(suite: string): string | null {
  const found = standing() ?? (mayInstall() ? installed() : null)
  if (found !== null) return found
  const why = `the suite "${suite}" did not run: there is no PostgreSQL here, and it could not be installed`
  if (process.env.CI === 'true') throw new Error(why)
  console.log(`skipped: ${why}.`)
  return null
}

function standing(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : []
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a))
  const folders = [process.env.POSTGRES_BIN ?? '', ...newestFirst.map((version) => join(DEBIAN, version, 'bin'))]
  return folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb'))) ?? null
}

function mayInstall(): boolean {
  return isRoot() && existsSync('/usr/bin/apt-get')
}

function installed(): string | null {
  console.log('PostgreSQL is being installed for the tests of its store.')
  spawnSync('sh', ['-c', INSTALL], { stdio: 'inherit' })
  return standing()
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** PostgreSQL refuses to run as root. */
function owner(): { uid?: number; gid?: number } {
  if (!isRoot()) return {}
  const idOf = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim()
  const [uid, gid] = [idOf('-u'), idOf('-g')]
  return /^\d+$/.test(uid) ? { uid: Number(uid), gid: Number(gid) } : { uid: 65_534, gid: 65_534 }
}

/** Started once a process, for all suites of its file. */
let running: Promise<Postgres> | null = null
export function startPostgres(bin: string, settings: readonly string[] = QUICK): Promise<Postgres> {
  running ??= start(bin, settings)
  return running
}

/** The PostgreSQL of a whole run, for files that are told of it. */
const OF_RUN = 'CROSSCHAT_TEST_POSTGRES'

/** What files must be told for that. Null = there is none here, as said. */
export async function postgresOfRun(): Promise<Record<string, string> | null> {
  const bin = postgresBin('on several servers')
  return bin === null ? null : { [OF_RUN]: (await startPostgres(bin, MANY)).admin }
}

/** A new database in the run's PostgreSQL; in one of the file's own when it runs by itself. */
export async function databaseOfRun(): Promise<string> {
  const admin = process.env[OF_RUN]
  if (admin !== undefined) return newDatabase(admin)
  const bin = postgresBin('on several servers')
  if (bin === null) throw new Error('Several servers need a PostgreSQL.')
  return (await startPostgres(bin, MANY)).database()
}

async function start(bin: string, settings: readonly string[]): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'crosschat-postgres-'))
  const { uid, gid } = owner()
  const data = join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  if (uid !== undefined && gid !== undefined) for (const each of [folder, data]) await chown(each, uid, gid)
  const options = [...['-D', data, '-U', 'crosschat', '-A', 'trust'], ...['-E', 'UTF8', '--locale=C', '--no-sync']]
  const made = spawn(join(bin, 'initdb'), options, { uid, gid, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(made, 'exit')
  if (code !== 0) throw new Error(`initdb ended with ${code}.`)
  const port = await freePort()
  const serve = () => launch(join(bin, 'postgres'), { data, folder, port, uid, gid, settings })
  let server = await serve()
  // Nothing of it keeps the process alive: when the tests are done, it ends, and so does the server.
  process.once('beforeExit', () => void stop(server, folder))
  process.once('exit', () => {
    server.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  })
  // A password in the address, although the server asks for none: it must not be seen anywhere.
  const admin = `postgres://crosschat:${PASSWORD}@127.0.0.1:${port}/postgres`
  return {
    admin,
    database: () => newDatabase(admin),
    async cut() {
      const text =
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL'
      await withOne(admin, (database) => database.rows({ text }))
    },
    async crash() {
      server.kill('SIGQUIT')
      await once(server, 'exit')
    },
    async start() {
      server = await serve()
    },
  }
}

export const PASSWORD = 'correct-noodle-battery'

async function newDatabase(admin: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await withOne(admin, (database) => database.rows({ text: `CREATE DATABASE ${name}` }))
  const url = new URL(admin)
  url.pathname = name
  return url.href
}

async function withOne<R>(url: string, task: (database: Database) => Promise<R>): Promise<R> {
  const database = new Database({ url, connections: 1, statementMs: 10_000, note: () => undefined })
  try {
    return await task(database)
  } finally {
    await database.close()
  }
}

interface Launch {
  data: string
  folder: string
  port: number
  uid: number | undefined
  gid: number | undefined
  settings: readonly string[]
}

async function launch(program: string, launch: Launch): Promise<ChildProcess> {
  const { data, folder, port, uid, gid } = launch
  const listens = [`unix_socket_directories=${folder}`, 'listen_addresses=127.0.0.1']
  const settings = [...launch.settings, ...listens].flatMap((each) => ['-c', each])
  const server = spawn(program, ['-D', data, '-p', String(port), ...settings], {
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    cwd: folder,
    env: { LC_ALL: 'C', PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    createInterface(server.stderr).on('line', (line) => {
      said += `${line}\n`
      if (line.includes('ready to accept connections')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}.\n${said}`)))
  })
  server.unref()
  if ('unref' in server.stderr && typeof server.stderr.unref === 'function') server.stderr.unref()
  return server
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    server.ref()
    server.kill('SIGINT')
    await once(server, 'exit')
  }
  await rm(folder, { recursive: true, force: true })
}
