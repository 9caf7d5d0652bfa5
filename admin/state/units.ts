import { spoken } from '../language/language.ts'

/** Measured values as people read them: three digits that count, and the unit in which they are few. */

const digitsOf = (locale: string) =>
  [0, 1, 2].map((places) => new Intl.NumberFormat(locale, { maximumFractionDigits: places }))
let kept = { locale: 'en', digits: digitsOf('en') }
const KB = 1_024
const SIZES = ['B', 'kB', 'MB', 'GB', 'TB']

/** `0`, `3.25`, `48.3`, `1,204` */
export function figure(value: number): string {
  const places = value === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2
  const { locale } = spoken.value
  if (kept.locale !== locale) kept = { locale, digits: digitsOf(locale) }
  return kept.digits[places]?.format(value) ?? String(value)
}

/** `0 B`, `4.1 kB`, `8 MB`; of 1,024 each. */
export function bytes(value: number): string {
  let [rest, size] = [value, 0]
  for (; rest >= KB && size < SIZES.length - 1; size++) rest /= KB
  return `${size === 0 ? Math.round(rest) : figure(rest)} ${SIZES[size]}`
}

/** Of µs: `0.8 µs`, `340 µs`, `1.6 ms`, `2.1 s`. */
export function micros(value: number): string {
  if (value < 1_000) return `${figure(value)} µs`
  return value < 1e6 ? `${figure(value / 1_000)} ms` : `${figure(value / 1e6)} s`
}

/** Of ms. */
export function millis(value: number): string {
  return value < 1_000 ? `${figure(value)} ms` : `${figure(value / 1_000)} s`
}

/** Of a share from 0 to 1: `0 %`, `0.02 %`, `48.3 %`. */
export function percent(value: number): string {
  return `${figure(value * 100)} %`
}
