import { randomUUID } from 'node:crypto'
import { link, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE, makeFolder } from '../../../workers/keeping/files.ts'

export const LOCK_FILE = 'lock'
/** Held only while the lock of a dead process is taken away, so that two never do it at once. */
const GUARD = '.takeover'
/** Rounds of taking away a lock whose process is gone, and the pause between them, before giving up. */
const ATTEMPTS = 100
const PAUSE_MS = 10
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT'])

/** One process alone writes a data folder: a second one's compaction would drop what the first has written. */
export interface Lock {
  release(): Promise<void>
}

interface Owner {
  pid: number
  /** Boot and start time of the process, so that a pid given anew is not taken for its owner; null where /proc is not there. */
  started: string | null
}

/** Makes the folder where it is missing and takes its lock. */
export async function lockFolder(folder: string): Promise<Lock> {
  try {
    await makeFolder(folder)
    return await takeLock(folder)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new Error(
      `The data folder ${folder} cannot be used (${error.message}). DATA_DIR must name a folder that this user may write to, on a disk with room.`,
      { cause: error },
    )
  }
}

/** Throws with a sentence when a living process holds the folder. A lock left by a dead one is taken over. */
export async function takeLock(folder: string): Promise<Lock> {
  const path = join(folder, LOCK_FILE)
  const mine: Owner = { pid: process.pid, started: await startOf(process.pid) }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await create(path, mine)) return { release: () => release(path, mine) }
    const theirs = await readOrNull(path)
    if (theirs === null) continue
    const owner = ownerOf(theirs)
    if (owner !== null && (await isAlive(owner))) throw new Error(refusal(folder, owner.pid))
    await takeAway(path, theirs, mine)
  }
  throw new Error(`The data folder ${folder} is being taken by several processes at once. Start one of them.`)
}

function refusal(folder: string, pid: number): string {
  return `The data folder ${folder} is in use by the process ${pid}. Stop it, or give this one another DATA_DIR.`
}

/** The name appears with what it says or not at all, and only where it does not stand. */
async function create(path: string, owner: Owner): Promise<boolean> {
  try {
    await createFile(path, JSON.stringify(owner)).catch(async (error: unknown) => {
      if (!NO_ROOM.has(codeOf(error))) throw error
      await createLink(path, owner, error)
    })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** A link fails when the name stands, and what it names is written already. */
async function createFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.${randomUUID()}`
  try {
    await writeFile(draft, text, { mode: FILE_MODE, flag: 'wx' })
    await link(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/** A full disk has no room for a file; a symbolic link that leads nowhere and is shorter than 60 bytes takes none. */
async function createLink(path: string, { pid, started }: Owner, full: unknown): Promise<void> {
  try {
    await symlink(`${pid} ${started ?? ''}`, path)
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? error : full
  }
}

/**
 * Whoever holds the guard looks again, and removes only the very lock that was found dead: the fresh one of a process that
 * was faster is never touched. The others pause and look who has it now.
 */
async function takeAway(path: string, stale: string, mine: Owner): Promise<void> {
  const guard = `${path}${GUARD}`
  if (!(await create(guard, mine))) return waitForGuard(guard)
  try {
    if ((await readOrNull(path)) === stale) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
}

/** A guard whose process died in the few microseconds in which it is held is removed too. */
async function waitForGuard(guard: string): Promise<void> {
  const owner = ownerOf((await readOrNull(guard)) ?? '')
  if (owner !== null && !(await isAlive(owner))) await rm(guard, { force: true })
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}

async function release(path: string, mine: Owner): Promise<void> {
  const owner = ownerOf((await readOrNull(path)) ?? '')
  if (owner?.pid === mine.pid && owner.started === mine.started) await rm(path, { force: true })
}

async function isAlive(owner: Owner): Promise<boolean> {
  const started = await startOf(owner.pid)
  if (started !== null && owner.started !== null) return started === owner.started
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Field 22 of /proc/<pid>/stat, counted behind the name in brackets, which may hold spaces; see proc(5). */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readOrNull(`/proc/${pid}/stat`)
  const boot = await readOrNull('/proc/sys/kernel/random/boot_id')
  if (stat === null || boot === null) return null
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return ticks === undefined ? null : `${boot.trim()}:${ticks}`
}

function ownerOf(text: string): Owner | null {
  const [, pid, linked] = /^(\d+) (\S*)$/.exec(text) ?? []
  if (pid !== undefined) return { pid: Number(pid), started: linked === '' ? null : (linked ?? null) }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !Number.isInteger(value.pid)) return null
    const started = 'started' in value && typeof value.started === 'string' ? value.started : null
    return { pid: Number(value.pid), started }
  } catch {
    return null
  }
}

/** What a lock says, as a file or as a link; null when there is none. */
async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readlink(path)
  } catch {
    return readFile(path, 'utf8').catch(() => null)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
