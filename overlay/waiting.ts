import { isFirst } from './wanted.ts'
import type { Drawable } from './words.ts'

/** What has come and may not be shown yet: it is delayed, or more comes than people can read. Pure, like life.ts. */

export interface Waiting {
  event: Drawable
  /** Milliseconds, the page's clock. */
  due: number
}

/** Turns to show something: they come back with time, never more than one second's. */
export interface Turns {
  at: number
  free: number
}

/** However long the delay and however dense the flood. */
const MAX_WAITING = 500
/** A rate that holds nothing back. */
export const UNPACED = 1e9
/**
 * Messages a second while a moderator slows the picture down: about what people read aloud, so a raid passes as single
 * lines that can be read and answered; it is also the least rate that can be set.
 */
export const SLOW_PER_SECOND = 1
/** Bounds how long somebody who came before is passed over. */
const HEAD_START_MS = 1_000
/** Seconds' worth of moderators', paid ones and events that may wait: a burst of them is not lost, nor shown long after. */
const FIRST_WAIT_SECONDS = 5

export interface Released {
  shown: Drawable[]
  waiting: Waiting[]
  turns: Turns
}

/**
 * What is due, as far as there are turns: moderators, VIPs, money and events before others, equals as they came. Of the
 * surplus, only the last second's worth waits on, and of those that come first the last seconds'. What is shown together
 * stands as it came.
 */
export function release(waiting: readonly Waiting[], turns: Turns, rate: number, now: number): Released {
  const later = waiting.filter((each) => each.due > now).slice(-MAX_WAITING)
  const free = freeTurns(turns, rate, now)
  const due = thinned(
    waiting.filter((each) => each.due <= now),
    Math.floor(free),
    rate,
  )
  const next = new Set([...due].sort((a, b) => placeOf(a) - placeOf(b)).slice(0, free))
  const shown = due.filter((each) => next.has(each)).map(({ event }) => event)
  const rest = due.filter((each) => !next.has(each))
  return { shown, waiting: [...rest, ...later], turns: { at: now, free: free - shown.length } }
}

/** In the line of those that wait, ms: who comes first comes as early as others that came so much before. */
const placeOf = ({ event, due }: Waiting) => (isFirst(event) ? due - HEAD_START_MS : due)

/** When `release` will next give something; Infinity = never. */
export function nextRelease(waiting: readonly Waiting[], turns: Turns, rate: number): number {
  const soonest = waiting.reduce((least, { due }) => Math.min(least, due), Infinity)
  const turn = turns.free >= 1 ? turns.at : turns.at + ((1 - turns.free) / rate) * 1_000
  return Math.max(soonest, Math.ceil(turn))
}

const freeTurns = ({ at, free }: Turns, rate: number, now: number) =>
  Math.min(rate, free + (Math.max(0, now - at) / 1_000) * rate)

/** Drops the oldest; those that come first only where there are more of them than may wait. */
function thinned(due: readonly Waiting[], free: number, rate: number): Waiting[] {
  const plain = due.filter(({ event }) => !isFirst(event))
  const surplus = new Set(plain.slice(0, Math.max(0, due.length - free - rate)))
  return due.filter((each) => !surplus.has(each)).slice(-free - rate * FIRST_WAIT_SECONDS)
}
