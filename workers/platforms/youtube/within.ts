import { FETCH_WITHIN_MS } from '../../fetching.ts'
import type { Ground } from '../platform.ts'

/** However much waits are shortened, an answer gets so long, ms. */
const LEAST_WITHIN_MS = 3_000

/** How long an answer may take, ms. */
export function within(ground: Ground): number {
  return Math.max(LEAST_WITHIN_MS, ground.ms(FETCH_WITHIN_MS))
}
