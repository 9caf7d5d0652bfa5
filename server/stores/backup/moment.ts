import { closeSync, existsSync, fstatSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { CrossChatError } from '../../errors.ts'
import { isKept } from './layout.ts'

/** Looks for a moment before giving up, and the pause between them. */
const ATTEMPTS = 500
const PAUSE_MS = 5

/** A file that is open for reading: what is appended later lies behind `bytes`, what is replaced later is another file. */
export interface Opened {
  name: string
  descriptor: number
  bytes: number
}

/**
 * The files directly in the data folder, all as they were at one moment, while another process may write them. They only ever grow or
 * are replaced whole; so when, after all are measured, each still is what was measured, they stood like this together between the two
 * looks. Both looks take well under a millisecond.
 */
export async function openAtOneMoment(folder: string): Promise<Opened[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const opened = openAll(folder)
    if (opened !== null && standStill(folder, opened)) return opened
    closeAll(opened ?? [])
    await setTimeout(PAUSE_MS)
  }
  throw new CrossChatError('busy', {
    message: `${folder} is written to so fast that no moment between two writes was found. Try again.`,
  })
}

export function closeAll(opened: readonly Opened[]): void {
  for (const { descriptor } of opened) closeSync(descriptor)
}

/** Null when one of them has just been replaced. */
function openAll(folder: string): Opened[] | null {
  const opened: Opened[] = []
  for (const name of namesIn(folder)) {
    const file = openFile(folder, name)
    if (file === null) {
      closeAll(opened)
      return null
    }
    opened.push(file)
  }
  return opened
}

/** Null when it is not there. */
export function openFile(folder: string, name: string): Opened | null {
  try {
    const descriptor = openSync(join(folder, name), 'r')
    return { name, descriptor, bytes: fstatSync(descriptor).size }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function standStill(folder: string, opened: readonly Opened[]): boolean {
  return namesIn(folder).length === opened.length && opened.every((file) => stands(folder, file))
}

function stands(folder: string, { name, descriptor, bytes }: Opened): boolean {
  const now = statSync(join(folder, name), { bigint: true, throwIfNoEntry: false })
  return now?.ino === fstatSync(descriptor, { bigint: true }).ino && Number(now.size) === bytes
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isKept(entry.name))
    .map(({ name }) => name)
    .sort()
}
