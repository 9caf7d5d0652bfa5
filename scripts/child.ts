import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Child processes of the workshop: their output kept, their time limited, their whole tree ended. */

export const ROOT = join(import.meta.dirname, '..')
/** Characters kept of a child's output; of a longer one the end. */
const MAX_OUTPUT = 1_000_000

export interface Ended {
  /** Null when it was ended by a signal or never started. */
  code: number | null
  timedOut: boolean
  /** Standard output and errors, in the order they came. */
  output: string
}

export interface ChildOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  timeoutMs?: number
}

/** Runs `node` with these arguments to its end. Never rejects: whatever went wrong stands in the answer. */
export function runNode(args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  return run(process.execPath, args, options)
}

export function run(command: string, args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return collect(child, options.timeoutMs)
}

function collect(child: ChildProcess, timeoutMs: number | undefined): Promise<Ended> {
  const ended: Ended = { code: null, timedOut: false, output: '' }
  const keep = (text: string): void => {
    ended.output = (ended.output + text).slice(-MAX_OUTPUT)
  }
  child.stdout?.setEncoding('utf8').on('data', keep)
  child.stderr?.setEncoding('utf8').on('data', keep)
  const end = (): void => {
    ended.timedOut = true
    killTree(child)
    // A grandchild that escaped the walk would hold the pipes, and so 'close', open.
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
  const timer = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs)
  return new Promise((resolve) => {
    child.once('error', (error) => keep(`${error.message}\n`))
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ ...ended, code })
    })
  })
}

/** Ends a child and all that it started, also what lives in process groups of its own, as browsers do. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return
  const pids = [child.pid, ...descendants(child.pid)]
  for (const pid of pids) kill(pid)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

function descendants(pid: number): number[] {
  const children = childrenByParent()
  const found: number[] = []
  const open = [pid]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const own = children.get(next) ?? []
    found.push(...own)
    open.push(...own)
  }
  return found
}

/** From /proc; empty where there is none, and then only the child itself is ended. */
function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const entry of list('/proc')) {
    const parent = parentOf(entry)
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(entry)])
  }
  return children
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

/** `pid (name) state ppid …`; the name may hold anything, so the last bracket counts. */
function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}
