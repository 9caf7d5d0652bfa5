import type { OverlaySettings } from '../server/look.ts'
import type { Drawable } from './words.ts'

/** How a row comes, stays and goes: pure, on times that are handed in. */

export interface Row {
  id: string
  event: Drawable
  /** Milliseconds, the page's clock: where its lifetime starts. */
  since: number
  /** Milliseconds, the page's clock; Infinity = until it is pushed out. */
  until: number
  /** Moves in; settled by the batch that brings it, so that drawing it again starts nothing. */
  enters: boolean
  /** Its lifetime is over and it fades. */
  leaves: boolean
}

export interface Moment {
  /** Milliseconds, the page's clock. */
  now: number
  /** Somebody may see it: rows may move. */
  visible: boolean
}

/** Arrivals per second, as a leaky bucket that forgets in about a second. */
export interface Pace {
  at: number
  perSecond: number
}

/** Rows that may move in with one flush. */
export const MAX_ENTERING = 4
/** Arrivals a second above which nothing moves. */
export const CALM_PER_SECOND = 15
/** Going takes this part of the time that coming takes. */
const OUT_OF_IN = 5 / 6
/** Nobody loses a long message: a row stays at least this long, or this long a word. */
const MIN_LIFE_MS = 4_000
const LIFE_PER_WORD_MS = 400

export function endOf(event: Drawable, since: number, settings: OverlaySettings): number {
  if (settings.lifetime === 0) return Infinity
  const least = Math.max(MIN_LIFE_MS, LIFE_PER_WORD_MS * countWords(event))
  return since + Math.max(settings.lifetime * 1_000, least)
}

function countWords(event: Drawable): number {
  const own = event.kind === 'notice' ? (event.parts ?? []).map((part) => part.text).join('') : ''
  return `${event.text} ${own}`.match(/\S+/g)?.length ?? 0
}

/** Milliseconds that a row takes to come and to go. */
export function motionOf(settings: OverlaySettings): { in: number; out: number } {
  const { reducedMotion, animationIn, animationOut, animationMs } = settings
  const ms = reducedMotion === 'none' ? 0 : animationMs
  return { in: animationIn === 'none' ? 0 : ms, out: animationOut === 'none' ? 0 : Math.round(ms * OUT_OF_IN) }
}

/** Rows whose time is over fade first, unless nobody can see it. */
export function expired(rows: readonly Row[], { now, visible }: Moment, fadeMs: number): Row[] {
  const fade = visible ? fadeMs : 0
  return rows
    .filter((row) => row.until + fade > now)
    .map((row) => (row.until <= now && !row.leaves ? { ...row, leaves: true } : row))
}

/** When `expired` will next change something; Infinity = never. */
export function nextChange(rows: readonly Row[], fadeMs: number): number {
  return rows.reduce((next, row) => Math.min(next, row.leaves ? row.until + fadeMs : row.until), Infinity)
}

/** The pace after one more arrival. */
export function quickened(pace: Pace, now: number): Pace {
  return { at: now, perSecond: paceNow(pace, now) + 1 }
}

const paceNow = (pace: Pace, now: number) => pace.perSecond * Math.exp(-Math.max(0, now - pace.at) / 1_000)

/** Takes the motion out of rows of this moment, where there are too many or nobody looks; the newest keep it. */
export function calmed(rows: readonly Row[], pace: Pace, { now, visible }: Moment): Row[] {
  let left = visible && paceNow(pace, now) <= CALM_PER_SECOND ? MAX_ENTERING : 0
  const calm = (row: Row): Row => {
    if (row.since !== now || !row.enters) return row
    left -= 1
    return left >= 0 ? row : { ...row, enters: false }
  }
  return [...rows].reverse().map(calm).reverse()
}
