import { readdirSync, readFileSync } from 'node:fs'

/** What the kernel counts of a process's time on a core; the same on every Linux that Node runs on. */
const TICKS_A_SECOND = 100

interface Stat {
  name: string
  parent: number
  /** On a core, all threads, s. */
  seconds: number
}

/** Seconds on a core so far: of one process, or of one and those that it has started, as PostgreSQL does. */
export function secondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.seconds ?? 0), 0)
}

/** Of a process's main thread alone, which can use no more than one core. */
export function mainSecondsOf(pid: number): number {
  return statOf(pid, `/proc/${pid}/task/${pid}/stat`)?.seconds ?? 0
}

/** Processes of this name that this one has started, and those that they have. */
export function startedHere(name: string): number[] {
  const all = readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? [Number(entry)] : []))
  const stats = new Map(all.flatMap((pid): [number, Stat][] => entryOf(pid)))
  const isOurs = (pid: number): boolean => {
    const parent = stats.get(pid)?.parent ?? 0
    return parent === process.pid || (parent > 1 && isOurs(parent))
  }
  return [...stats].flatMap(([pid, stat]) => (stat.name === name && isOurs(pid) ? [pid] : []))
}

function entryOf(pid: number): [number, Stat][] {
  const stat = statOf(pid)
  return stat === null ? [] : [[pid, stat]]
}

/** Null = it has ended. proc(5): behind the name, which may hold spaces, come state, parent …, utime and stime as 14th and 15th. */
function statOf(pid: number, file = `/proc/${pid}/stat`): Stat | null {
  try {
    const text = readFileSync(file, 'utf8')
    const end = text.lastIndexOf(')')
    const fields = text.slice(end + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return {
      name: text.slice(text.indexOf('(') + 1, end),
      parent: Number(fields[1]),
      seconds: ticks / TICKS_A_SECOND,
    }
  } catch {
    return null
  }
}
