import { monitorEventLoopDelay } from 'node:perf_hooks'

type Monitor = ReturnType<typeof monitorEventLoopDelay>

const RESOLUTION_MS = 10
const NANOSECONDS_A_MS = 1e6

/** How late this thread's timers are, ms. */
export interface Delay {
  p50: number
  p99: number
  max: number
}

/**
 * The delay of the event loop over the last two turns. A histogram that is reset misses the delay that runs just then, so
 * two of them take turns: each is read after two turns and then reset, while the other one goes on.
 */
export class LoopDelay {
  readonly #monitors: [Monitor, Monitor]

  constructor() {
    this.#monitors = [monitor(), monitor()]
  }

  /** Ends a turn. */
  turn(): Delay {
    const [older] = this.#monitors
    const delay = delayOf(older)
    older.reset()
    this.#monitors.reverse()
    return delay
  }

  close(): void {
    for (const each of this.#monitors) each.disable()
  }
}

function monitor(): Monitor {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  return histogram
}

/** What is measured is the time between two looks; the delay is what that has over the resolution. */
function delayOf(histogram: Monitor): Delay {
  const over = (nanoseconds: number) => Math.max(0, nanoseconds / NANOSECONDS_A_MS - RESOLUTION_MS)
  return { p50: over(histogram.percentile(50)), p99: over(histogram.percentile(99)), max: over(histogram.max) }
}
