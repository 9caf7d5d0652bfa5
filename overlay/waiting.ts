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

export interface Released {
  shown: Drawable[]
  waiting: Waiting[]
  turns: Turns
}

/**
 * What is due, in order, as far as there are turns; of the surplus, only the last second's worth waits on: moderators,
 * VIPs and what was paid for before others, else the newest.
 */
export function release(waiting: readonly Waiting[], turns: Turns, rate: number, now: number): Released {
  const due = waiting.filter((each) => each.due <= now)
  const later = waiting.filter((each) => each.due > now).slice(-MAX_WAITING)
  const free = freeTurns(turns, rate, now)
  thin(due, Math.floor(free) + rate)
  const shown = due.splice(0, Math.floor(free)).map(({ event }) => event)
  return { shown, waiting: [...due, ...later], turns: { at: now, free: free - shown.length } }
}

/** When `release` will next give something; Infinity = never. */
export function nextRelease(waiting: readonly Waiting[], turns: Turns, rate: number): number {
  const soonest = waiting.reduce((least, { due }) => Math.min(least, due), Infinity)
  const turn = turns.free >= 1 ? turns.at : turns.at + ((1 - turns.free) / rate) * 1_000
  return Math.max(soonest, Math.ceil(turn))
}

const freeTurns = ({ at, free }: Turns, rate: number, now: number) =>
  Math.min(rate, free + (Math.max(0, now - at) / 1_000) * rate)

/** Drops the oldest, moderators' and paid ones last. */
function thin(due: Waiting[], max: number): void {
  let surplus = due.length - max
  if (surplus <= 0) return
  const plain = new Set(due.filter(({ event }) => !isFirst(event)).slice(0, surplus))
  surplus -= plain.size
  const kept = due.filter((each) => !plain.has(each)).slice(surplus)
  due.splice(0, due.length, ...kept)
}
