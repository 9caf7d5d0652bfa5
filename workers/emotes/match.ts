import type { Part } from '../message.ts'
import { MAX_PARTS } from '../words.ts'
import { type Emote, MAX_WORD } from './emote.ts'

export type Lookup = (word: string) => Emote | undefined

/**
 * Makes parts of the words that stand for an emote: whole words between white space, in their exact letters, in text alone; what the
 * platform has made a part of stays. The parts' texts joined stay the same. Without such a word these very parts are given back.
 */
export function match(sent: Part[], find: Lookup): Part[] {
  const parts = joined(sent)
  if (!parts.some((part, i) => part.type === 'text' && firstIn(parts, i, find) !== null)) return sent
  const made: Part[] = []
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    if (part === undefined) break
    // Of what is still to come each part takes one place.
    if (part.type === 'text') split(parts, i, find, made, MAX_PARTS - (parts.length - i - 1))
    else made.push(part)
  }
  return made
}

/** A word may run across two text parts that lie side by side. */
function joined(parts: Part[]): Part[] {
  if (!parts.some((part, i) => part.type === 'text' && parts[i + 1]?.type === 'text')) return parts
  const made: Part[] = []
  for (const part of parts) {
    if (part.type === 'text') append(made, part.text)
    else made.push(part)
  }
  return made
}

interface Found {
  start: number
  end: number
  emote: Emote
}

function firstIn(parts: readonly Part[], i: number, find: Lookup, from = 0): Found | null {
  const text = parts[i]?.text ?? ''
  for (let start = from; start < text.length; ) {
    while (start < text.length && isSpace(text.charCodeAt(start))) start++
    let end = start
    while (end < text.length && !isSpace(text.charCodeAt(end))) end++
    const emote =
      end > start && end - start <= MAX_WORD && alone(parts, i, start, end) ? find(text.slice(start, end)) : undefined
    if (emote !== undefined) return { start, end, emote }
    start = end
  }
  return null
}

/** A word at the edge of its part goes on in the next one, unless that begins with white space or is not there. */
function alone(parts: readonly Part[], i: number, start: number, end: number): boolean {
  const before = start === 0 ? parts[i - 1]?.text : undefined
  const after = end === (parts[i]?.text.length ?? 0) ? parts[i + 1]?.text : undefined
  if (before !== undefined && before !== '' && !isSpace(before.charCodeAt(before.length - 1))) return false
  return after === undefined || after === '' || isSpace(after.charCodeAt(0))
}

/** The text of one part as text and emotes; with no room for both an emote and what follows, the rest stays text. */
function split(parts: readonly Part[], i: number, find: Lookup, made: Part[], most: number): void {
  const text = parts[i]?.text ?? ''
  let at = 0
  for (let found = firstIn(parts, i, find); found !== null; found = firstIn(parts, i, find, at)) {
    if (made.length + 3 > most) break
    append(made, text.slice(at, found.start))
    made.push(emotePart(text.slice(found.start, found.end), found.emote))
    at = found.end
  }
  append(made, text.slice(at))
}

function emotePart(text: string, { id, provider, url, zeroWidth }: Emote): Part {
  return { type: 'emote', text, id, provider, url, ...(zeroWidth && { zeroWidth }) }
}

function append(made: Part[], text: string): void {
  const last = made.at(-1)
  if (text === '') return
  if (last?.type === 'text') made[made.length - 1] = { type: 'text', text: last.text + text }
  else made.push({ type: 'text', text })
}

/** What a regular expression calls `\s`. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  return code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || FAR_SPACES.has(code)
}
const FAR_SPACES = new Set([0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff])
