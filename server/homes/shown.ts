import type { History } from '../bus/bus.ts'
import type { Before } from '../channels/kept.ts'
import type { ShownBefore } from '../channels/shown-before.ts'

/** What a channel's stream has, for those who come back. */
export function shownIn({ slices, ends }: History): ShownBefore {
  const events = slices.flatMap(({ slice, arrived }) =>
    slice.events.map((event): Before => ({ ...event, frame: slice.frame, arrived })),
  )
  return { events, ends: new Map(ends) }
}

/** Fingerprints of all that was shown, so that what a platform sends again under another home is a duplicate. */
export function marksIn({ slices }: History): number[] {
  return slices.flatMap(({ slice }) => slice.events.map(({ id }) => id))
}
