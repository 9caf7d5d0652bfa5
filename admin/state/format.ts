import { type Signal, signal } from '@preact/signals'
import { spoken } from '../language/language.ts'
import { number, t } from '../language/words.ts'

/** Numbers and times as people read them. Times are ms unless said otherwise. */

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export type Hours = '24' | '12'
/** How many hours the person's clock has. One for the page, so that whatever shows a time follows it. */
export const hours: Signal<Hours> = signal('24')

const second = { minute: '2-digit', second: '2-digit' } as const
const clocks = { 24: { hour: '2-digit', hourCycle: 'h23' }, 12: { hour: 'numeric', hourCycle: 'h12' } } as const
const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const

function formatsOf(locale: string) {
  const [times, minutes] = [
    (of: Hours) => new Intl.DateTimeFormat(locale, { ...second, ...clocks[of] }),
    (of: Hours) => new Intl.DateTimeFormat(locale, { minute: second.minute, ...clocks[of] }),
  ]
  return {
    locale,
    dates: new Intl.DateTimeFormat(locale, day),
    times: { 24: times('24'), 12: times('12') },
    minutes: { 24: minutes('24'), 12: minutes('12') },
  }
}

let kept = formatsOf('en')

/** Made once for a language: a formatter costs more than what it writes. */
function formats(): ReturnType<typeof formatsOf> {
  const { locale } = spoken.value
  if (kept.locale !== locale) kept = formatsOf(locale)
  return kept
}

export { number }

/** `20:14:03`, or `8:14:03 PM` where the person wants it so. */
export function timeOfDay(at: number): string {
  return formats().times[hours.value].format(at)
}

/** `20:14` */
export function minuteOfDay(at: number): string {
  return formats().minutes[hours.value].format(at)
}

/** `Fri, 14 Nov 2026, 20:14`, in the order of the person's own language. */
export function dayAndTime(at: number): string {
  return `${formats().dates.format(at)}, ${minuteOfDay(at)}`
}

/** A running clock, `0:07` or `1:42:10`; never below zero, for clocks that differ. */
export function clock(span: number): string {
  const seconds = Math.max(0, Math.floor(span / SECOND))
  const hours = Math.floor(seconds / 3_600)
  const rest = [Math.floor(seconds / 60) % 60, seconds % 60]
  const [first, second] = rest.map((part) => String(part).padStart(2, '0'))
  return hours > 0 ? `${hours}:${first}:${second}` : `${rest[0]}:${second}`
}

/** A length, `42 s`, `7 min`, `1 h 42 min`. */
export function duration(span: number): string {
  if (span < MINUTE) return `${Math.max(0, Math.floor(span / SECOND))} s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`
  const rest = Math.floor((span % HOUR) / MINUTE)
  return rest === 0 ? `${Math.floor(span / HOUR)} h` : `${Math.floor(span / HOUR)} h ${rest} min`
}

/** How long until something, `4 s`, `3 min`; at least a second. */
export function until(span: number): string {
  if (span <= 99 * SECOND) return `${Math.max(1, Math.ceil(span / SECOND))} s`
  return `${Math.ceil(span / MINUTE)} min`
}

/** How long something has lasted, in its largest unit. */
export function since(span: number): string {
  if (span < MINUTE) return `${Math.max(0, Math.floor(span / SECOND))} s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`
  if (span < DAY) return `${Math.floor(span / HOUR)} h`
  return t('{n} d', { n: Math.floor(span / DAY) })
}

/** `2026-11-14T20:14:03.000Z`, for `<time datetime>`. */
export function machineTime(at: number): string {
  return new Date(at).toISOString()
}
