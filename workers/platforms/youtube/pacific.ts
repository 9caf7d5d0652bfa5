/** YouTube's day of quotas begins at midnight in California, summer and winter. */

let made: Intl.DateTimeFormat | null = null

/** Made when it is first asked: the tables of a language take as long to read as a tenth of the thread's start, and few read YouTube by quota. */
function clock(): Intl.DateTimeFormat {
  made ??= new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/Los_Angeles',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return made
}

/** The first midnight Pacific after an instant; both in ms. */
export function nextMidnightPacific(now: number): number {
  const [year, month, day] = wallClock(now)
  const midnight = Date.UTC(year, month - 1, day + 1)
  // The clock is changed at two in the morning, so that the offset shortly before midnight is that of midnight, and every day has one.
  return midnight - offsetAt(midnight - offsetAt(now))
}

/** What the Pacific clock is ahead of UTC, ms; negative. */
function offsetAt(instant: number): number {
  const [year, month, day, hour, minute, second] = wallClock(instant)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000
}

function wallClock(instant: number): [number, number, number, number, number, number] {
  const parts = new Map(
    clock()
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  return [part('year'), part('month'), part('day'), part('hour'), part('minute'), part('second')]
}
