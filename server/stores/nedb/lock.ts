import { randomUUID } from 'node:crypto'
import { link, lutimes, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE, makeFolder } from '../../../workers/keeping/files.ts'
import { isAlive, type Owner, ownerOf, readOrNull, thisProcess } from './lock-owner.ts'

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

/** How often a lock is touched, so that those see it who cannot see its process; ms. */
const TOUCH_EVERY_MS = 5_000
/** A lock that nobody has touched for so long is left by the dead; ms. */
const QUIET_MS = 3 * TOUCH_EVERY_MS

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

/**
 * Throws with a sentence when a living process holds the folder. A lock left by a dead one is taken over; where that one cannot be seen, as
 * from one container to the other, once it has been quiet for `quietMs`.
 */
export async function takeLock(folder: string, quietMs = QUIET_MS): Promise<Lock> {
  const path = join(folder, LOCK_FILE)
  const mine = await thisProcess()
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await create(path, mine)) return held(path, mine)
    const theirs = await readOrNull(path)
    if (theirs === null) continue
    const owner = ownerOf(theirs)
    if (owner !== null && (await isAlive(path, owner, mine, quietMs))) throw new Error(refusal(folder, owner.pid))
    await takeAway(path, theirs, mine)
  }
  throw new Error(`The data folder ${folder} is being taken by several processes at once. Start one of them.`)
}

function held(path: string, mine: Owner): Lock {
  const touch = setInterval(() => {
    const now = new Date()
    // Somebody took the folder away under it: every write says so, this one need not.
    lutimes(path, now, now).catch(() => undefined)
  }, TOUCH_EVERY_MS)
  touch.unref()
  return {
    release() {
      clearInterval(touch)
      return release(path, mine)
    },
  }
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
  if (!(await create(guard, mine))) return waitForGuard(guard, mine)
  try {
    if ((await readOrNull(path)) === stale) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
}

/** A guard whose process died in the few microseconds in which it is held is removed too. */
async function waitForGuard(guard: string, mine: Owner): Promise<void> {
  const owner = ownerOf((await readOrNull(guard)) ?? '')
  if (owner !== null && !(await isAlive(guard, owner, mine, PAUSE_MS))) await rm(guard, { force: true })
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}

async function release(path: string, mine: Owner): Promise<void> {
  const owner = ownerOf((await readOrNull(path)) ?? '')
  if (owner?.pid === mine.pid && owner.started === mine.started) await rm(path, { force: true })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
