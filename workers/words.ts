import type { Message, Part } from './message.ts'
import { clean, cut, isBlank, MAX_TEXT, trimInvisible } from './text.ts'

/** Chat text into parts: pure functions, no platform knowledge. */

/** Characters kept of a link's address; a longer one stays text. */
export const MAX_ADDRESS = 2_048
/** Parts kept of one line; several times what any platform lets a person send. */
export const MAX_PARTS = 500

const ADDRESS = /^https?:\/\//i
const NAME = /^@[\p{L}\p{M}\p{N}_.·-]+/u
// Sentence punctuation that follows a link or a name without belonging to it.
const AFTER_ADDRESS = new Set('.,;:!?\'"…')
const AFTER_NAME = new Set('.·-')

/**
 * Splits cleaned text at its links (words that begin with http:// or https://) and mentions (words that begin with
 * `@name`); punctuation behind either stays text. The parts' texts joined are the text; no part is empty.
 */
export function words(text: string): Part[] {
  const parts: Part[] = []
  let taken = 0
  for (const match of text.includes('@') || text.includes('://') ? text.matchAll(/\S+/g) : []) {
    const found = link(match[0]) ?? mention(match[0])
    if (found === undefined) continue
    if (match.index > taken) parts.push({ type: 'text', text: text.slice(taken, match.index) })
    parts.push(found)
    taken = match.index + found.text.length
  }
  if (taken < text.length) parts.push({ type: 'text', text: text.slice(taken) })
  return parts
}

/**
 * One line of chat out of raw strings and finished parts (whose own texts are clean already): strings are cleaned and
 * split into words, neighbouring text is joined, at most MAX_TEXT code points in MAX_PARTS parts are kept, and nothing
 * invisible stands at the end. No part is empty.
 */
export function line(pieces: Iterable<string | Part>): Part[] {
  const parts: Part[] = []
  let left = MAX_TEXT
  for (const part of spelled(pieces)) {
    const size = Array.from(part.text).length
    if (size > left && part.type !== 'text') break
    append(parts, size > left ? { type: 'text', text: cut(part.text, left) } : part)
    left -= size
    if (left <= 0 || parts.length >= MAX_PARTS) break
  }
  return trimmed(parts)
}

/** Why a message is ignored that would show nothing but a name. */
export const SAYS_NOTHING = 'the message has no words, and nothing else to show.'

/** No word and no picture, nothing paid, and no words that are answered. */
export function saysNothing({ parts, reply, money }: Pick<Message, 'parts' | 'reply' | 'money'>): boolean {
  if (money !== undefined || (reply !== undefined && !isBlank(reply.text))) return false
  return parts.every((part) => part.type === 'text' && isBlank(part.text))
}

/** The text that the parts make together. */
export function textOf(parts: readonly Part[]): string {
  return parts.map((part) => part.text).join('')
}

// Neighbouring strings are joined first: a word may run across two of them.
function* spelled(pieces: Iterable<string | Part>): Generator<Part> {
  let raw = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') raw += piece
    else {
      yield* words(clean(raw))
      raw = ''
      yield piece
    }
  }
  yield* words(clean(raw))
}

function append(parts: Part[], part: Part): void {
  const last = parts.at(-1)
  if (part.text === '') return
  if (part.type === 'text' && last?.type === 'text') {
    parts[parts.length - 1] = { type: 'text', text: last.text + part.text }
  } else parts.push(part)
}

function trimmed(parts: Part[]): Part[] {
  for (let last = parts.at(-1); last?.type === 'text'; last = parts.at(-1)) {
    parts.pop()
    const text = trimInvisible(last.text)
    if (text === '') continue
    parts.push({ type: 'text', text })
    break
  }
  return parts
}

function link(word: string): Part | undefined {
  if (!ADDRESS.test(word)) return undefined
  const text = without(word, AFTER_ADDRESS)
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  // "https://known.example@other.example" leads somewhere else than it reads.
  if (url.username !== '' || url.password !== '' || url.href.length > MAX_ADDRESS) return undefined
  return { type: 'link', text, url: url.href }
}

function mention(word: string): Part | undefined {
  const text = without(NAME.exec(word)?.[0] ?? '', AFTER_NAME)
  return text.length > 1 ? { type: 'mention', text } : undefined
}

function without(word: string, after: ReadonlySet<string>): string {
  let end = word.length
  while (end > 0 && after.has(word[end - 1] ?? '')) end -= 1
  return word.slice(0, end)
}
