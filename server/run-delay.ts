import { readFileSync } from 'node:fs'

const NANOSECONDS_A_MS = 1e6

/**
 * How long a thread of this process was ready to run while others had the processor, ms since it began. 0 where the system does not say:
 * only Linux does, in the second figure of schedstat.
 * @param thread the system's number of it, null = not known
 */
export function runDelay(thread: number | null): number {
  const figures = thread === null ? null : read(`/proc/self/task/${thread}/schedstat`)
  return Number(figures?.split(' ')[1] ?? 0) / NANOSECONDS_A_MS
}

/** Null for a thread that has just ended, and where there is no such file. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
