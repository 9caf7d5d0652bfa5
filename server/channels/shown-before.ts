import { frameOf } from '../frame.ts'
import type { About } from '../protocol.ts'
import type { Recent } from '../stores/archive.ts'
import type { Before } from './kept.ts'

/** What a channel showed before the process was started again, as far as its archive knows. */
export interface ShownBefore {
  events: Before[]
  /** The last known seq of each epoch. */
  ends: Map<string, number>
}

/** By the clocks and the platforms of right now. */
export function shownLately(recent: Recent, platforms: readonly About[]): ShownBefore {
  const places = new Map(platforms.map(({ id }, index) => [id, index + 1]))
  return shownBefore(recent, (platform) => places.get(platform) ?? 0, Date.now() - performance.now())
}

/** `places`: a platform's place in records. `zero`: the wall clock's time at 0 of the clock that never jumps, ms. */
export function shownBefore(recent: Recent, places: (platform: string) => number, zero: number): ShownBefore {
  const bytes = Buffer.from(recent.bytes.buffer, recent.bytes.byteOffset, recent.bytes.byteLength)
  const ends = new Map<string, number>()
  let start = 0
  const events = recent.heads.map(({ epoch, platform, receivedAt, ...head }, nth): Before => {
    const frame = frameOf(bytes.toString('utf8', start, recent.ends[nth]))
    start = recent.ends[nth] ?? start
    // An epoch that a fault took is nobody's.
    if (epoch !== '') ends.set(epoch, head.seq)
    const arrived = receivedAt - zero
    return { ...head, platform: places(platform), at: arrived, arrived, frame, start: 0, end: frame.text.length }
  })
  return { events, ends }
}
