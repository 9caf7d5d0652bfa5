import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { debianFile, debianProgram } from '../../help/debian-program.ts'
import { endChild } from '../../help/end-child.ts'
import { freePort } from '../../help/free-port.ts'
import { startFront } from '../../help/front.ts'

const MODULE = 'ngx_stream_module.so'
const NAMES = ['to', 'redis', 'database'] as const
type Name = (typeof NAMES)[number]

/**
 * The only ways that lead to a machine and away from it: a process that passes bytes on, and stands still while the machine is cut off, so that
 * nobody is told anything. It is nginx, since what it takes of a core the nodes would lack.
 */
export class Ways {
  /** Address and port of each. */
  readonly hosts: Readonly<Record<Name, string>>
  readonly #start: () => Promise<ChildProcess>
  readonly #folder: string
  #child: ChildProcess | null = null
  #frozen = false
  readonly #end = () => this.#child?.kill('SIGKILL')

  private constructor(hosts: Record<Name, string>, folder: string, start: () => Promise<ChildProcess>) {
    this.hosts = hosts
    this.#folder = folder
    this.#start = start
    process.once('exit', this.#end)
  }

  /** `ports`: where each of them leads. They are closed until they begin. */
  static async lead(ports: Record<Name, number>): Promise<Ways> {
    const [program, module] = [await debianProgram('nginx'), await debianFile('libnginx-mod-stream', MODULE)]
    if (program === null || module === null) throw new Error('There is no nginx that passes on bytes, and no ways.')
    const own = { to: await freePort(), redis: await freePort(), database: await freePort() }
    const folder = await mkdtemp(join(tmpdir(), 'crosschat-ways-'))
    const home = join(folder, 'nginx')
    const words = ['-p', home, '-c', join(home, 'nginx.conf'), '-e', 'stderr']
    const files = {
      'nginx.conf': configOf(
        module,
        NAMES.map((name) => [own[name], ports[name]]),
      ),
    }
    const start = async () => {
      await rm(home, { recursive: true, force: true })
      return startFront({ program, words, home, files, port: own.to })
    }
    const hostOf = (name: Name) => `127.0.0.1:${own[name]}`
    return new Ways({ to: hostOf('to'), redis: hostOf('redis'), database: hostOf('database') }, folder, start)
  }

  async begin(): Promise<void> {
    this.#child ??= await this.#start()
  }

  /** As where the machine stands and nothing runs on it: connections are refused. */
  async end(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child !== null) await endChild(child)
  }

  set frozen(frozen: boolean) {
    if (frozen !== this.#frozen) this.#child?.kill(frozen ? 'SIGSTOP' : 'SIGCONT')
    this.#frozen = frozen
  }

  async close(): Promise<void> {
    process.off('exit', this.#end)
    await this.end()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** One process without a master: what is stopped, stops whole. */
function configOf(module: string, ways: [number, number][]): string {
  const servers = ways.map(([from, to]) => `server { listen 127.0.0.1:${from}; proxy_pass 127.0.0.1:${to}; }`)
  return `load_module ${module}; user root; daemon off; master_process off; pid nginx.pid;
events { worker_connections 8192; }
stream {
  proxy_connect_timeout 1s;
  ${servers.join('\n  ')}
}
`
}
