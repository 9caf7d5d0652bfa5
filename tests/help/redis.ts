import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endChild } from './end-child.ts'
import { freePort } from './free-port.ts'

const PROGRAM = 'redis-server'
const READY_WITHIN_MS = 15_000
const LOOK_EVERY_MS = 10

/** A real Redis of a test's own: its own folder, its own port. */
export class RedisServer {
  readonly port: number
  readonly #folder = mkdtempSync(join(tmpdir(), 'crosschat-redis-'))
  readonly #settings: Readonly<Record<string, string>>
  #child: ChildProcess | null = null

  private constructor(port: number, settings: Readonly<Record<string, string>>) {
    this.port = port
    this.#settings = settings
  }

  /** Gone when the file's process ends, which it does not keep alive. Room for many servers: each takes a number of its own. */
  static async ofFile(): Promise<RedisServer> {
    const server = await RedisServer.start({ databases: '64', appendonly: 'no' })
    const child = server.#child
    child?.unref()
    process.once('exit', () => {
      child?.kill('SIGKILL')
      rmSync(server.#folder, { recursive: true, force: true, maxRetries: 3 })
    })
    return server
  }

  /** `settings`: of redis.conf, besides. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), settings)
    await server.begin()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Again on the same port, with what it had written down. */
  async begin(): Promise<void> {
    const settings = {
      port: this.port,
      bind: '127.0.0.1',
      dir: this.#folder,
      save: '',
      appendonly: 'yes',
      appendfsync: 'always',
      ...this.#settings,
    }
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
    this.#child = spawn(PROGRAM, args, { stdio: 'ignore' })
    const late = Date.now() + READY_WITHIN_MS
    while (!(await answers(this.port))) {
      if (Date.now() > late) throw new Error(`${PROGRAM} on port ${this.port} is not ready in time.`)
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child !== null) await endChild(child)
  }

  /** What it had written down is gone: as a Redis without a disk, or behind one that never got it. */
  async forget(): Promise<void> {
    await rm(join(this.#folder, 'appendonlydir'), { recursive: true, force: true })
  }

  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  goOn(): void {
    this.#child?.kill('SIGCONT')
  }

  async close(): Promise<void> {
    await this.kill()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/**
 * Whether a Redis can be started here; Debian's is installed where that is possible. Where it is not, says so in the words of a skipped
 * file, and fails on CI: a driver that nobody tried must not pass for one that works.
 */
export function redisStands(file: string): boolean {
  if (found() || (install() && found())) return true
  const why = `skipped: ${file} (no ${PROGRAM} here, and apt-get could not bring one): THE REDIS DRIVER WAS NOT TESTED`
  if (process.env.CI === 'true') throw new Error(why)
  console.log(why)
  return false
}

function found(): boolean {
  return spawnSync(PROGRAM, ['--version']).status === 0
}

/** Debian's package would start a service of its own; what only tests need must not. */
function install(): boolean {
  if (process.getuid?.() !== 0) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const run = (...args: string[]) => spawnSync('apt-get', args, { env, stdio: 'ignore' }).status === 0
  run('update')
  return run('install', '-y', '--no-install-recommends', PROGRAM)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', (data) => {
      // One that wants a password first answers, too.
      resolve(/^\+PONG|^-NOAUTH/.test(data.toString()))
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
  })
}
