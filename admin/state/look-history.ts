import type { ChosenSettings, SettingsChange } from '../../server/look.ts'

/** What was edited in this session, step by step: (history, what happens) → history. */

export interface LookHistory {
  now: ChosenSettings
  /** Oldest first. */
  past: readonly ChosenSettings[]
  /** What undo took back; the next to redo is last. */
  future: readonly ChosenSettings[]
  /** What the newest step was about, and when it was touched last, ms. */
  touched: { what: string; at: number } | null
}

export const MAX_STEPS = 50
/** Touching the same thing again within this time goes on with the same step: a drag is one. */
export const ONE_TOUCH_MS = 1_000

export function beginWith(now: ChosenSettings): LookHistory {
  return { now, past: [], future: [], touched: null }
}

export function edit(history: LookHistory, now: ChosenSettings, what: string, at: number): LookHistory {
  const { touched } = history
  const goesOn = touched !== null && touched.what === what && at - touched.at < ONE_TOUCH_MS
  const past = goesOn ? history.past : [...history.past, history.now].slice(-MAX_STEPS)
  return { now, past, future: [], touched: { what, at } }
}

export function undo(history: LookHistory): LookHistory {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { now: before, past: history.past.slice(0, -1), future: [...history.future, history.now], touched: null }
}

export function redo(history: LookHistory): LookHistory {
  const next = history.future.at(-1)
  if (next === undefined) return history
  return { now: next, past: [...history.past, history.now], future: history.future.slice(0, -1), touched: null }
}

/** Null leaves a setting to the theme. */
export function changed(chosen: ChosenSettings, change: SettingsChange): ChosenSettings {
  return Object.fromEntries(Object.entries({ ...chosen, ...change }).filter(([, value]) => value != null))
}
