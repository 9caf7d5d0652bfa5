import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../../../scripts/child.ts'
import { flagsOfStart } from '../../bench/start-flags.ts'

/** The built server in a process of its own, with what `npm start` gives node, and a look at its memory from outside and inside. */

const ENTRY = join(ROOT, 'dist', 'server', 'index.js')
const LOOK = new URL('./look.mjs', import.meta.url).href
const LISTENING = /^CrossChat listening on (http:\S+)$/

/** Bytes of one thread. */
export interface Heap {
  name: string
  heap: number
  external: number
}

export class SoakedServer {
  readonly base: string
  readonly #child: ChildProcess

  private constructor(base: string, child: ChildProcess) {
    this.base = base
    this.#child = child
  }

  /** What it logs as an error is printed. */
  static async start(dataDir: string, env: Record<string, string>): Promise<SoakedServer> {
    const child = spawn(process.execPath, [...(await flagsOfStart()), '--import', LOOK, ENTRY, 'start'], {
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir, CROSSCHAT_LOG: 'info', ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    process.once('exit', () => child.kill('SIGKILL'))
    if (child.stdout === null) throw new Error('The server has no output.')
    const lines = createInterface({ input: child.stdout })
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
      lines.on('line', (line) => {
        const found = LISTENING.exec(line)?.[1]
        if (found !== undefined) resolve(new SoakedServer(found, child))
        else if (isError(line)) console.log(line)
      })
    })
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** Resident bytes of the whole process, and CPU seconds it has used. */
  async outside(): Promise<{ rss: number; cpu: number }> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8')
    const stat = await readFile(`/proc/${this.#child.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      rss: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024,
      cpu: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
    }
  }

  /** Each thread's heap, after a collection where that is asked for. */
  async inside(collected = false): Promise<Heap[]> {
    const answer = once(this.#child, 'message') as Promise<[{ heaps: Heap[] }]>
    this.#child.send({ collected })
    return (await answer)[0].heaps
  }

  async end(): Promise<number | null> {
    if (this.ended) return this.#child.exitCode
    this.#child.kill('SIGTERM')
    await once(this.#child, 'exit')
    return this.#child.exitCode
  }
}

/** Of /proc, on every Linux that Node runs on. */
const TICKS_A_SECOND = 100

/** Lines of the log from `error` on (pino's 50). */
function isError(line: string): boolean {
  return /^\{"level":"?(50|60|error|fatal)/.test(line)
}
