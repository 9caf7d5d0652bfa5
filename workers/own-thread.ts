import { readlinkSync } from 'node:fs'

/** The number that the system knows this thread by; null where it does not say: only Linux does. */
export function ownThread(): number | null {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1))
  } catch {
    return null
  }
}
