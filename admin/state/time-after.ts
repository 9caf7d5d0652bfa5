const MINUTE_MS = 60_000

/** When it was next `21:40` on the clock on the wall after something began, ms; null = that is no time. */
export function timeAfter(beganAt: number, typed: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(typed) ?? []
  if (hours === undefined || minutes === undefined) return null
  const day = new Date(beganAt)
  day.setHours(Number(hours), Number(minutes), 0, 0)
  // The minute in which it began counts, though it begins before.
  if (day.getTime() + MINUTE_MS <= beganAt) day.setDate(day.getDate() + 1)
  return day.getTime()
}
