import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FOLDER_MODE, isMissing, syncFolder } from '../../../workers/keeping/files.ts'
import { CrossChatError } from '../../errors.ts'

/**
 * How a restored folder takes its place, so that a kill at any time leaves either all of the old or, after the next start, all of the new:
 *
 *   restoring         being unpacked and checked; worth nothing yet
 *   restored-TIME     whole, checked and on the disk: from this one rename on it counts. What stood in the folder moves to before-TIME
 *   arriving-TIME     all of that has moved; what was restored moves up
 *
 * Whoever opens the folder next goes on where this was interrupted. All of it lies within the data folder, which may be a disk of its own.
 */
export const RESTORING = 'restoring'
const RESTORED = /^restored-(?<time>[\w-]+)$/
const ARRIVING = /^arriving-(?<time>[\w-]+)$/
/** A step of `migrate.ts` that is half in place. */
const MIGRATED = /^(?<time>migrated-\d+)$/
/** What is none of ours, `lost+found` of a disk's root among it, stays where it is. */
const BESIDE = /^(?:README\.md|lost\+found|lock(?:\..*)?|restoring|(?:restored|arriving|before)-[\w-]+)$/

/** Names in the folder that a restore would put others in the place of. */
export async function occupants(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => !BESIDE.test(name))
}

/** Makes `restoring` count. Gives the name of the folder that what stood there has moved to; null when nothing stood there. */
export async function putInPlace(folder: string, now: Date): Promise<string | null> {
  const time = now.toISOString().replace(/[:.]/g, '-')
  await rename(join(folder, RESTORING), join(folder, `restored-${time}`))
  await settle(folder)
  return (await namesIn(folder)).find((name) => name === `before-${time}`) ?? null
}

/** Ends what a restore has begun. Call it with the folder's lock in hand. */
export async function settle(folder: string): Promise<void> {
  await rm(join(folder, RESTORING), { recursive: true, force: true })
  const restored = await timeOf(folder, RESTORED)
  if (restored !== null) await moveAside(folder, restored)
  const arriving = await timeOf(folder, ARRIVING)
  if (arriving !== null) await moveUp(folder, `arriving-${arriving}`)
}

/** Throws while a restore, or a step into a new form, is half in place. */
export async function requireSettled(folder: string): Promise<void> {
  if ((await timeOf(folder, MIGRATED)) !== null) throw new CrossChatError('busy', { message: halfUpgraded(folder) })
  if ((await timeOf(folder, RESTORED)) === null && (await timeOf(folder, ARRIVING)) === null) return
  throw new CrossChatError('busy', {
    message: `A restore into ${folder} is under way, or was interrupted. Start CrossChat once; it ends the restore.`,
  })
}

function halfUpgraded(folder: string): string {
  return `${folder} is being brought into a new form, or that was interrupted. Start CrossChat once; it ends it.`
}

async function moveAside(folder: string, time: string): Promise<void> {
  const aside = join(folder, `before-${time}`)
  for (const name of await occupants(folder)) {
    await mkdir(aside, { recursive: true, mode: FOLDER_MODE })
    await rename(join(folder, name), join(aside, name))
  }
  await syncFolder(folder)
  await rename(join(folder, `restored-${time}`), join(folder, `arriving-${time}`))
  await syncFolder(folder)
}

async function moveUp(folder: string, arriving: string): Promise<void> {
  for (const name of await readdir(join(folder, arriving)))
    await rename(join(folder, arriving, name), join(folder, name))
  await syncFolder(folder)
  await rmdir(join(folder, arriving))
}

async function timeOf(folder: string, pattern: RegExp): Promise<string | null> {
  for (const name of await namesIn(folder)) {
    const time = pattern.exec(name)?.groups?.time
    if (time !== undefined) return time
  }
  return null
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
