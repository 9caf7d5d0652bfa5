/** Text as it may be shown: pure functions, no platform knowledge. */

/** Combining marks kept on one letter; more than this is drawn over neighbours ("zalgo"). */
export const MAX_MARKS = 4
/** Code points kept of one message, and of one name. */
export const MAX_TEXT = 2_000
export const MAX_NAME = 100

// Controls (tab and newline are spaces by then); bidi overrides, embeddings, isolates and marks.
const FORBIDDEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** Marks, and what has no shape of its own between them: joiners begin no new letter. */
const STACKED = new RegExp(`[\\p{M}\\p{DI}]{${MAX_MARKS + 1},}`, 'gu')
const MARK = /\p{M}/u
// U+E0000, U+E0001 and the other invisibles that clients append to get around the platform's duplicate filter.
const INVISIBLE = new Set('\u034f\u200b\u2060\ufeff\u{e0000}\u{e0001}')
const PLAIN = /^[\x20-\x7e]*$/

/** Text less control characters, bidi overrides, lone surrogates and more than four stacked marks a letter. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text
  return cut(
    text
      .toWellFormed()
      .replace(/[\t\n\u2028\u2029]/g, ' ')
      .replace(FORBIDDEN, '')
      .replace(STACKED, thinned),
    MAX_TEXT,
  )
}

function thinned(stack: string): string {
  let marks = 0
  const kept = Array.from(stack).filter((point) => !MARK.test(point) || ++marks <= MAX_MARKS)
  return kept.join('')
}

// Zero-width characters, marks and isolates for the direction of writing: they come along when text is copied.
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** What a person means who pastes this: without what cannot be seen. */
export function visible(text: string): string {
  return text.replace(UNSEEN, '')
}

/** A one-line name: cleaned, white space folded and trimmed; never empty. */
export function cleanName(name: string, otherwise = '?'): string {
  const cleaned = trimInvisible(cut(clean(name).replace(/\s+/g, ' ').trim(), MAX_NAME))
  return cleaned === '' ? otherwise : cleaned
}

/** Drops white space and invisible characters at the end, as clients add them to repeat a message. */
export function trimInvisible(text: string): string {
  let end = text.length
  while (end > 0) {
    const wide = end > 1 && /[\udc00-\udfff]/.test(text[end - 1] ?? '')
    const last = text.slice(end - (wide ? 2 : 1), end)
    if (!INVISIBLE.has(last) && last.trim() !== '') break
    end -= last.length
  }
  return text.slice(0, end)
}

// White space, what has no shape of its own, and the blank of Braille.
const SEEN = /[^\s\p{Cc}\p{Cf}\p{DI}\u2800]/u

/** Whether there is nothing in it that anybody could see. */
export function isBlank(text: string): boolean {
  return !SEEN.test(text)
}

/** The first `max` code points. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const points = Array.from(text)
  return points.length <= max ? text : points.slice(0, max).join('')
}

/** A colour as `#rrggbb` in lower case, or nothing. */
export function hexColor(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const lower = value.toLowerCase()
  return /^#[0-9a-f]{6}$/.test(lower) ? lower : undefined
}

/** An https address on one of the given hosts (or below one, for `*.host`), or nothing. `//host/…` counts as https. */
export function safeUrl(value: unknown, hosts: readonly string[]): string | undefined {
  if (typeof value !== 'string' || value.length > 2_048) return undefined
  const address = value.startsWith('//') ? `https:${value}` : value
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' || url.username !== '' || url.port !== '') return undefined
  const known = hosts.some((host) =>
    host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host,
  )
  return known ? url.href : undefined
}
