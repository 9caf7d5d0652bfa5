import { below, oneOf, stretch } from './chance.ts'

/** Text that has been meddled with. */

const MOST_EDITS = 4
/** Repetitions of one piece: enough to get beyond every limit of a text. */
const REPEATS = [2, 10, 200, 5_000]
/** No input is longer; what is beyond is cut, as every door does. */
export const MAX_INPUT = 128 * 1_024

/** What makes trouble in text of any kind. */
const FRAGMENTS = [
  '\u0000',
  '\ud800',
  '\udfff',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\u0085',
  '\u{e0001}',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'İ',
  'ß',
  '\u212a',
  'a\u0301\u0301\u0301\u0301\u0301\u0301',
  '\r\n',
  '\n',
  '\t',
  ' ',
  '"',
  "'",
  '\\',
  '\\u0000',
  '\\ud800',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<script>',
  '&#0;',
  '-->',
  '/*',
  '*/',
  ':',
  ';',
  ',',
  '.',
  '-',
  '@',
  '#',
  '=',
  '%00',
  '%E0%A4%A',
  '0',
  '-1',
  '1e999',
  '9007199254740993',
  '123456789012345678901234567890',
  'NaN',
  'null',
  'true',
  '__proto__',
  'constructor',
  'prototype',
  '$set',
  'a.b',
  'https://',
  'javascript:',
  '../',
]

/** `base` with one to four changes; `others` lend pieces, `words` are what its own language is made of. */
export function changedText(
  random: () => number,
  base: string,
  others: readonly string[],
  words: readonly string[] = [],
): string {
  // What is changed may have grown before it came here: each change could double it.
  let text = base.slice(0, MAX_INPUT)
  for (let left = 1 + below(random, MOST_EDITS); left > 0; left--) text = edited(random, text, others, words)
  return text.length > MAX_INPUT ? text.slice(0, MAX_INPUT) : text
}

function edited(random: () => number, text: string, others: readonly string[], words: readonly string[]): string {
  const [from, to] = stretch(random, text.length)
  const inPlace = (piece: string) => text.slice(0, from) + piece + text.slice(to)
  switch (below(random, 8)) {
    case 0:
      return inPlace('')
    case 1:
      return text.slice(0, from)
    case 2:
      return text.slice(0, to) + text.slice(from)
    case 3:
      return inPlace(repeated(text.slice(from, to), oneOf(random, REPEATS)))
    case 4: {
      const other = oneOf(random, others)
      return inPlace(other.slice(...stretch(random, other.length)))
    }
    case 5:
      return text.slice(0, from) + String.fromCharCode(below(random, 0x1_0000)) + text.slice(from + 1)
    case 6:
      return inPlace(oneOf(random, words.length > 0 ? words : FRAGMENTS))
    default:
      return inPlace(oneOf(random, FRAGMENTS))
  }
}

function repeated(piece: string, times: number): string {
  return piece === '' ? '' : piece.repeat(Math.min(times, Math.ceil(MAX_INPUT / piece.length)))
}

/** The text less a half, a quarter … a single letter. */
export function* shorterTexts(text: string): Generator<string> {
  for (let size = Math.ceil(text.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < text.length; from += size) yield text.slice(0, from) + text.slice(from + size)
  }
}
