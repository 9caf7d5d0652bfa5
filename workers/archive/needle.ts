/**
 * A run of letters that stands, in the bytes of a segment and whatever its capitals, wherever a word is said: plain ASCII without what
 * JSON escapes. Without `i` and `k`, since `İ` and the sign of Kelvin become these in lower case; no other letter becomes ASCII.
 */
const RUNS = /[a-hjl-z0-9 !#$%&'()*+,./:;<=>?@[\]^_`{|}~-]+/g
/** A shorter run stands nearly everywhere. */
const SHORTEST = 2

/** The longest such run of any of the words, of which all must be there; '' = there is none. Words come in lower case. */
export function needleOf(words: readonly string[]): string {
  let longest = ''
  for (const run of words.flatMap((word) => word.match(RUNS) ?? [])) {
    if (run.length > longest.length) longest = run
  }
  return longest.length < SHORTEST ? '' : longest
}

/** How a notice names its kind, as text of JSON in text of JSON. What it says can stand in several pieces: no needle is sure to find it. */
const NOTICE = String.raw`kind\\":\\"notice`

/** Bytes that are looked through at a time: as text they are young and gone again, where a whole segment would be a copy that stays a while. */
const WINDOW_BYTES = 64 * 1024

/** Where in the bytes the needle or a notice stands, in order. */
export function placesOf(bytes: Buffer, needle: string): number[] {
  const either = new RegExp(`${needle.replace(/[^a-z0-9 _]/g, String.raw`\$&`)}|${NOTICE}`, 'gi')
  // So much of the next window belongs to what begins in this one.
  const overlap = Math.max(needle.length, NOTICE.length)
  const places: number[] = []
  for (let start = 0; start < bytes.length; start += WINDOW_BYTES) {
    const window = bytes.toString('latin1', start, start + WINDOW_BYTES + overlap)
    for (const { index } of window.matchAll(either)) if (index < WINDOW_BYTES) places.push(start + index)
  }
  return places
}
