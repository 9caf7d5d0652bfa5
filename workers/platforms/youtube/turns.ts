import { Pace } from '../../backoff.ts'
import type { Ground } from '../platform.ts'

/** Requests to YouTube that may begin in a second, over all sources: so that a thousand that begin at once do not stampede. */
const A_SECOND = 20
const WINDOW_MS = 1_000

export type Turns = Pick<Pace, 'turn'>

export function turns(ground: Ground): Pace {
  return new Pace(A_SECOND, ground.ms(WINDOW_MS))
}
