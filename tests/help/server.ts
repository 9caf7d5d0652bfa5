import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { serversWanted, startSeveral } from './several.ts'

const ENTRY = fileURLToPath(new URL('../../dist/server/index.js', import.meta.url))
const QUICK_PASSWORDS = new URL('./quick-passwords.mjs', import.meta.url).href
const READY_WITHIN_MS = 30_000

/** A real server in a process of its own, as built, on a free port; with `npm test -- --nodes`, two of them behind one address. */
export interface RunningServer {
  base: string
  port: number
  dataDir: string
  child: ChildProcess
  /** Of several behind one address, each; else itself alone. */
  nodes: readonly RunningServer[]
  /** All it printed so far. */
  output(): string
  /** Ends it with a signal; resolves with its exit code once it is gone. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

export interface ServerOptions {
  dataDir: string
  port?: number
  env?: Record<string, string>
  /** Addresses of modules that are read before the server's own. */
  before?: readonly string[]
  /** Another one than what was built here. */
  entry?: string
  readyWithinMs?: number
  /** What a shell does before it becomes the server, such as setting a limit. */
  shell?: string
}

export function startServer(options: ServerOptions): Promise<RunningServer> {
  // What says itself what it shares is one of several already.
  const shares = options.env?.REDIS_URL !== undefined || options.env?.DATABASE_URL !== undefined
  const wanted = serversWanted()
  return wanted > 1 && !shares ? startNodes(wanted, options) : startOne(options)
}

/** So many behind one address, whatever the run. */
export function startNodes(count: number, options: ServerOptions): Promise<RunningServer> {
  return startSeveral(count, options, startOne)
}

async function startOne(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, port = 0, env = {}, before = [], entry = ENTRY, readyWithinMs = READY_WITHIN_MS, shell } = options
  const imports = [QUICK_PASSWORDS, ...before].flatMap((each) => ['--import', each])
  const node = [process.execPath, ...imports, entry, 'start']
  const [command = '', ...args] = shell === undefined ? node : ['sh', '-c', `${shell}; exec "$0" "$@"`, ...node]
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir, CROSSCHAT_LOG: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (data) => {
    output += data
  })
  const lines = createInterface({ input: child.stdout })
  const base = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The server is not ready in time.\n${output}`))
    }, readyWithinMs)
    lines.on('line', (line) => {
      output += `${line}\n`
      const found = /^CrossChat listening on (http:\S+)$/.exec(line)
      if (found?.[1] === undefined) return
      clearTimeout(late)
      resolve(found[1])
    })
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`The server ended with ${code}.\n${output}`))
    })
  })
  const server: RunningServer = {
    nodes: [],
    base,
    port: Number(new URL(base).port),
    dataDir,
    child,
    output: () => output,
    end: (signal) => end(child, signal),
  }
  server.nodes = [server]
  return server
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  child.kill(signal)
  await once(child, 'exit')
  return child.exitCode
}

/** A folder of its own for a test's data; `remove` takes it away. */
export async function temporaryData(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'crosschat-test-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
