import { lstat, readFile, readlink } from 'node:fs/promises'

/** Who holds a data folder, as its lock says, and whether that process still lives. */
export interface Owner {
  pid: number
  /** Boot and start time of the process, so that a pid given anew is not taken for its owner; null where /proc is not there. */
  started: string | null
  /** Within which pids count: a container has its own. Null where /proc is not there. */
  space: string | null
}

/** How often a lock of another container is looked at, to see it being touched; ms. */
const LOOK_EVERY_MS = 100

export async function thisProcess(): Promise<Owner> {
  const space = await readlink('/proc/self/ns/pid').catch(() => null)
  return { pid: process.pid, started: await startOf(process.pid), space }
}

/** Asks the system where the owner's pid means something to `mine`; else watches its lock for a sign of life. */
export async function isAlive(path: string, owner: Owner, mine: Owner, quietMs: number): Promise<boolean> {
  if (owner.space !== null && mine.space !== null && owner.space !== mine.space) return isTouched(path, quietMs)
  const started = await startOf(owner.pid)
  if (started !== null && owner.started !== null) return started === owner.started
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** True as soon as the lock is touched; false once it is gone, or has not been touched for so long, of which its age counts. */
async function isTouched(path: string, quietMs: number): Promise<boolean> {
  const first = await touchedAt(path)
  const age = Math.max(0, Date.now() - (first ?? 0))
  for (let left = quietMs - age; left > 0; left -= LOOK_EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const now = await touchedAt(path)
    if (now !== first) return now !== null
  }
  return false
}

async function touchedAt(path: string): Promise<number | null> {
  return lstat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  )
}

/** Field 22 of /proc/<pid>/stat, counted behind the name in brackets, which may hold spaces; see proc(5). */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readOrNull(`/proc/${pid}/stat`)
  const boot = await readOrNull('/proc/sys/kernel/random/boot_id')
  if (stat === null || boot === null) return null
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return ticks === undefined ? null : `${boot.trim()}:${ticks}`
}

/** Null when it says nothing of the kind. A lock in the form of a link (on a full disk) has no room for a space. */
export function ownerOf(text: string): Owner | null {
  const [, pid, linked] = /^(\d+) (\S*)$/.exec(text) ?? []
  if (pid !== undefined) return { pid: Number(pid), started: linked === '' ? null : (linked ?? null), space: null }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !Number.isInteger(value.pid)) return null
    const started = 'started' in value && typeof value.started === 'string' ? value.started : null
    const space = 'space' in value && typeof value.space === 'string' ? value.space : null
    return { pid: Number(value.pid), started, space }
  } catch {
    return null
  }
}

/** What a lock says, as a file or as a link; null when there is none. */
export async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readlink(path)
  } catch {
    return readFile(path, 'utf8').catch(() => null)
  }
}
