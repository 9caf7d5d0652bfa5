/**
 * Milliseconds since 1970 as the system had it when the page was loaded, and steady from then on: a system clock that is put back
 * must not hold what is delayed, nor hide that a connection is dead.
 */
export function pageClock(): number {
  return performance.timeOrigin + performance.now()
}

export type Clock = typeof pageClock
