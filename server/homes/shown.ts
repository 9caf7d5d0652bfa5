import type { History } from '../bus/bus.ts'
import type { Before } from '../channels/kept.ts'
import type { ShownBefore } from '../channels/shown-before.ts'
import type { ActHead } from '../removed-ids.ts'
import { type Slice, sliceOf } from '../slice.ts'

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

interface Act extends ActHead {
  seq: number
}

/** What took something away or gave it back, in its order, as far as the channel's stream and its transcript (`kept`) know. */
export function actsIn({ slices }: History, kept: readonly Act[]): Act[] {
  const acts = [...kept, ...slices.flatMap(({ slice }) => slice.events)].filter(({ target }) => target !== 0)
  return acts.sort((one, other) => one.seq - other.seq)
}

/** What a home begins with. */
interface Known {
  shown: ShownBefore
  /** What the transcript has and the bus does not. */
  unsaid: Slice[]
  /** What the bus has and the transcript does not. */
  unkept: Slice[]
}

/** Of the channel's stream on the bus and its transcript, each may have more than the other: what one does not have, the other gives it. */
export function knownOf(
  history: History,
  kept: { seq: number; shown: () => ShownBefore } | null,
  home: Pick<Slice, 'channelId' | 'epoch'>,
): Known {
  const keptIsNewer = kept !== null && kept.seq > history.seq
  const shown = keptIsNewer ? kept.shown() : shownIn(history)
  for (const [old, end] of history.ends) if (!shown.ends.has(old)) shown.ends.set(old, end)
  if (history.epoch !== null && !shown.ends.has(history.epoch)) shown.ends.set(history.epoch, history.seq)
  return {
    shown,
    unsaid: keptIsNewer ? shownAfter(history.seq, shown, home) : [],
    unkept: kept === null || kept.seq === 0 ? [] : shownAfter(kept.seq, shownIn(history), home),
  }
}

/** Of what was shown, all that comes behind `seq` without a hole up to the end, as a home with this epoch tells it. */
export function shownAfter(seq: number, { events }: ShownBefore, home: Pick<Slice, 'channelId' | 'epoch'>): Slice[] {
  let from = events.length
  while (from > 0 && (events[from - 1]?.seq ?? 0) > seq && follows(events, from)) from--
  const slices: Slice[] = []
  for (; from < events.length; from += EVENTS_A_SLICE)
    slices.push(sliceOf(home, events.slice(from, from + EVENTS_A_SLICE)))
  return slices
}
/** As many as one frame should have. */
const EVENTS_A_SLICE = 64

/** Whether what stands before `at` is followed by what stands there. */
function follows(events: readonly Before[], at: number): boolean {
  const next = events[at]
  return next === undefined || events[at - 1]?.seq === next.seq - 1
}
