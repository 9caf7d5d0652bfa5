import { type FeedState, PACE_MINUTES } from './feed.ts'

/** How lively the chat is, from what this page has seen. */

export const MINUTE_MS = 60_000
export const CHART_WIDTH = 300
export const CHART_HEIGHT = 56

/** Messages of the last whole minute, or of the running one when that is all there is. */
export function perMinute(pace: FeedState['pace'], now: number): number {
  const minute = Math.floor(now / MINUTE_MS)
  const whole = pace.find((entry) => entry.minute === minute - 1) ?? pace.find((entry) => entry.minute === minute)
  return whole ? Object.values(whole.counts).reduce((sum, count) => sum + count, 0) : 0
}

/** Counts of one platform for each of the last 30 minutes, oldest first; minutes without an entry count 0. */
export function series(pace: FeedState['pace'], platform: string, now: number): number[] {
  const last = Math.floor(now / MINUTE_MS)
  const byMinute = new Map(pace.map(({ minute, counts }) => [minute, counts[platform] ?? 0]))
  return Array.from({ length: PACE_MINUTES }, (_, i) => byMinute.get(last - PACE_MINUTES + 1 + i) ?? 0)
}

/** Path data of a line through the values; `top` is the value at the upper edge. */
export function linePath(values: readonly number[], top: number): string {
  const step = CHART_WIDTH / Math.max(1, values.length - 1)
  const y = (value: number) => CHART_HEIGHT - (top === 0 ? 0 : value / top) * (CHART_HEIGHT - 4) - 2
  return values.map((value, i) => `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`).join('')
}
