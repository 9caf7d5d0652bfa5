/**
 * The time of day, ms since 1970, by a clock that never goes back while it lives: when the machine's is set back, it goes on from where it
 * was. What ends at a time ends no later for it, and nobody is from the future.
 */
export function forwardClock(wall = () => Date.now(), steady = () => performance.now()): () => number {
  let told = Number.NEGATIVE_INFINITY
  let toldAt = 0
  return () => {
    const now = steady()
    told = Math.max(wall(), told + now - toldAt)
    toldAt = now
    return Math.floor(told)
  }
}
