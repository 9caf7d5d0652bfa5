const FARTHEST_JUMP_MS = 10 * 24 * 3_600_000

/** From now on this thread's wall clock jumps with every look at it. Returns what gives the real one back. */
export function jumpClock(random: () => number): () => void {
  const { now } = Date
  Date.now = () => now() + Math.floor((random() - 0.5) * 2 * FARTHEST_JUMP_MS)
  return () => {
    Date.now = now
  }
}
