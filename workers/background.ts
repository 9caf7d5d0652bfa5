import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** So much lower than the rest of the process. */
const NICE = 10

/**
 * Lets every other thread go first where they want the same core. Linux has a priority for each thread; elsewhere it would be that of the
 * whole process, which stays as it is.
 */
export function goLast(): void {
  if (process.platform !== 'linux') return
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    if (Number.isSafeInteger(thread) && thread !== process.pid) setPriority(thread, NICE)
  } catch {
    // Without /proc, or where it is not allowed, it goes on as before.
  }
}
