import { CLOSE } from '../server/protocol.ts'

/** How long to wait before coming back, by why the connection ended. */

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** What ends it for good. */
export const STOPS: readonly number[] = [CLOSE.badKey, CLOSE.withdrawn]
/** A restarted server must not meet all its overlays in the same second. */
const AFTER_RESTART_MS = [1_000, 5_000] as const

/**
 * Milliseconds, or null = never come back.
 * @param failures attempts in a row that did not reach a welcome, this one included
 * @param random 0 … 1
 */
export function pauseAfter(code: number, failures: number, random: number): number | null {
  if (STOPS.includes(code)) return null
  if (code === CLOSE.restart) return AFTER_RESTART_MS[0] + random * (AFTER_RESTART_MS[1] - AFTER_RESTART_MS[0])
  return code === CLOSE.tooSlow && failures <= 1 ? 0 : backOff(failures, random)
}

/** Doubles from half a second, plus or minus half, never over the cap. */
function backOff(failures: number, random: number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1))
  return Math.min(LONGEST_PAUSE_MS, pause * (0.5 + random))
}
