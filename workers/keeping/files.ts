import { chmod, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Chats and password hashes are nobody else's to read. */
export const FILE_MODE = 0o600
export const FOLDER_MODE = 0o700

/** Makes a folder that only this user can enter, and its entry in its parent lasting. */
export async function makeFolder(path: string): Promise<void> {
  const made = await makeMissing(path)
  if (made === null) await chmod(path, FOLDER_MODE)
  else await syncFolder(dirname(made))
}

/**
 * Makes the folder and those above it that are missing; gives the topmost that was made, null = it stood there. Node's own `recursive`
 * tries for ever where the parent is there and yet takes no folder, as below /proc.
 */
async function makeMissing(path: string): Promise<string | null> {
  const parent = dirname(path)
  try {
    return await makeOne(path)
  } catch (error) {
    if (!isMissing(error) || parent === path) throw error
  }
  // It may stand by now, since somebody else makes the same.
  const above = (await exists(parent)) ? null : await makeMissing(parent)
  const made = await makeOne(path)
  return above ?? made
}

/** Null = it stood there. */
async function makeOne(path: string): Promise<string | null> {
  try {
    await mkdir(path, { mode: FOLDER_MODE })
    return path
  } catch (error) {
    if (isThere(error) && (await stat(path)).isDirectory()) return null
    throw error
  }
}

/** Bytes of a file; 0 when there is none. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/**
 * Waits until a file's bytes are on the disk. Opened by path each time: NeDB replaces its files, so a descriptor kept
 * open would point at the old one.
 */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Makes new and renamed entries of a folder lasting; where folders cannot be synced (Windows), does nothing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
