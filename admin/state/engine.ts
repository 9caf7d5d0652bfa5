import type { EngineView } from '../../server/api.ts'
import type { ApiError } from '../api.ts'

/** Measurements kept: a minute of them at two a second. */
export const SAMPLES = 120
/** Segments in which the ring is drawn. */
export const CELLS = 96
/** How long a segment glows after the line has passed it, ms. */
const GLOW_MS = 6_000
const ROUND = 360

export interface EngineState {
  /** Oldest first. */
  samples: readonly EngineView[]
  /** Where the hands of the ring stand, degrees. They only ever grow within a life of the worker, so that nothing turns back. */
  head: number
  tail: number
  /** Why the last call gave no measurement. */
  error: ApiError | null
}
export const NO_ENGINE: EngineState = { samples: [], head: 0, tail: 0, error: null }

export type EngineNews = { sample: EngineView } | { error: ApiError }

export function engine(state: EngineState, news: EngineNews): EngineState {
  if ('error' in news) return { ...state, error: news.error }
  const { sample } = news
  const before = state.samples.at(-1)
  if (before !== undefined && before.node !== sample.node) return engine(NO_ENGINE, news)
  if (before?.at === sample.at) return state.error === null ? state : { ...state, error: null }
  const { head, tail } = handsAfter(state, before, sample)
  return { samples: [...state.samples, sample].slice(-SAMPLES), head, tail, error: null }
}

/** A new life of the worker has a new ring, whose hands begin where they stand. */
function handsAfter(
  hands: Pick<EngineState, 'head' | 'tail'>,
  before: EngineView | undefined,
  { ring, worker }: EngineView,
): Pick<EngineState, 'head' | 'tail'> {
  const degrees = (bytes: number) => (ring.capacity === 0 ? 0 : (bytes / ring.capacity) * ROUND)
  const tail =
    before === undefined || before.worker.restarts !== worker.restarts || before.ring.capacity !== ring.capacity
      ? degrees(ring.tail)
      : hands.tail + degrees((ring.tail - before.ring.tail + ring.capacity) % ring.capacity)
  return { tail, head: tail - degrees(ring.depth) }
}

/** How much each segment glows, 0 to 1: fully where the line has just passed, less the longer ago that is. */
export function glow(samples: readonly EngineView[]): number[] {
  const newest = samples.at(-1)
  return Array.from({ length: CELLS }, (_, cell) => {
    if (newest === undefined || newest.ring.capacity === 0) return 0
    const { capacity, tail, bytes } = newest.ring
    const behind = (tail - ((cell + 0.5) / CELLS) * capacity + capacity) % capacity
    const passed = passedAt(samples, bytes - behind)
    return passed === null ? 0 : Math.max(0, 1 - (newest.at - passed) / GLOW_MS)
  })
}

/** When so many bytes had been written, or null when that is longer ago than these measurements reach. */
function passedAt(samples: readonly EngineView[], bytes: number): number | null {
  for (let i = samples.length - 1; i > 0; i--) {
    const [from, to] = [samples[i - 1], samples[i]]
    if (from === undefined || to === undefined || from.ring.bytes > bytes) continue
    const share = (bytes - from.ring.bytes) / Math.max(1, to.ring.bytes - from.ring.bytes)
    return from.at + Math.min(1, share) * (to.at - from.at)
  }
  return null
}

/** A share of the ring as an arc, degrees; never so small that what is there cannot be seen. */
export function arcOf(bytes: number, capacity: number, least: number): number {
  if (bytes <= 0 || capacity <= 0) return 0
  return Math.min(ROUND - 0.01, Math.max(least, (bytes / capacity) * ROUND))
}
