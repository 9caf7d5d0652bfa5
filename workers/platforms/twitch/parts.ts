import type { Part } from '../../message.ts'
import { clean, cut, MAX_TEXT, trimInvisible } from '../../text.ts'
import { MAX_PARTS } from '../../words.ts'
import { type Cheers, cheerPart, cheersOf } from './cheers.ts'
import { type EmoteRange, emotePart, placeEmotes } from './emotes.ts'
import { isObject, type Json, listAt, objectAt, textAt } from './json.ts'
import { joined, pushText, pushWords } from './words.ts'

/** Fragments read of one EventSub message; a real one has at most 500. */
export const MAX_FRAGMENTS = 1_000

/** Raw text with emote ranges, and bits when it is a cheer, as parts ready to show. */
export function partsOf(raw: string, ranges: readonly EmoteRange[], bits = 0): Part[] {
  const text = cut(raw, MAX_TEXT)
  const cheers = bits > 0 ? cheersOf(text, bits) : undefined
  const parts: Part[] = []
  if (ranges.length === 0) pushWords(parts, text, cheers)
  else pushWithEmotes(parts, text, ranges, cheers)
  return trimEnd(parts.slice(0, MAX_PARTS))
}

function pushWithEmotes(parts: Part[], text: string, ranges: readonly EmoteRange[], cheers: Cheers | undefined): void {
  let at = 0
  for (const { id, start, end } of placeEmotes(ranges, text)) {
    pushWords(parts, text.slice(at, start), cheers)
    const part = emotePart(text.slice(start, end), id)
    if (part !== undefined) parts.push(part)
    at = end
  }
  pushWords(parts, text.slice(at), cheers)
}

/**
 * EventSub's `message {text, fragments}` as parts. Twitch promises that the fragments joined are the text; where they are
 * not, the text alone is believed.
 */
export function partsOfFragments(message: Json): Part[] {
  const text = textAt(message, 'text')
  const fragments = listAt(message, 'fragments').filter(isObject).slice(0, MAX_FRAGMENTS)
  const whole = fragments.map((fragment) => textAt(fragment, 'text')).join('')
  if (fragments.length === 0 || (text !== '' && text !== whole)) return partsOf(text, [])
  const parts: Part[] = []
  let left = MAX_TEXT
  for (const fragment of fragments) {
    const shown = cut(textAt(fragment, 'text'), left)
    left -= shown.length
    pushFragment(parts, fragment, shown)
    if (left <= 0) break
  }
  return trimEnd(parts.slice(0, MAX_PARTS))
}

function pushFragment(parts: Part[], fragment: Json, text: string): void {
  const type = textAt(fragment, 'type')
  if (type === 'emote') pushPart(parts, emotePart(text, textAt(objectAt(fragment, 'emote'), 'id')))
  else if (type === 'cheermote') pushCheermote(parts, objectAt(fragment, 'cheermote'), text)
  else if (type === 'mention' && text.startsWith('@')) pushPart(parts, { type: 'mention', text: clean(text) })
  else pushWords(parts, text)
}

function pushPart(parts: Part[], part: Part | undefined): void {
  if (part !== undefined) parts.push(part)
}

function pushCheermote(parts: Part[], cheermote: Json, text: string): void {
  const bits = cheermote.bits
  const plain = /^[\x21-\x7e]+$/.test(text)
  if (plain && typeof bits === 'number' && Number.isSafeInteger(bits) && bits > 0)
    parts.push(cheerPart(text, textAt(cheermote, 'prefix'), bits))
  else pushText(parts, text)
}

/** `/me` comes as `\x01ACTION text\x01`; the closing mark may be missing. Emote ranges count from the inner text. */
export function unframeAction(raw: string): { text: string; action: boolean } {
  if (!raw.startsWith('\x01ACTION')) return { text: raw, action: false }
  const inner = raw.slice(raw.startsWith(' ', 7) ? 8 : 7)
  return { text: inner.endsWith('\x01') ? inner.slice(0, -1) : inner, action: true }
}

/** A reply's text begins with `@parent `; the parent stands in the reply itself. Given its names, takes that away. */
export function dropParent(parts: Part[], names: readonly string[]): Part[] {
  const text = joined(parts)
  if (!text.startsWith('@')) return parts
  for (const name of names) {
    const lead = text.slice(1, name.length + 1)
    if (name === '' || lead.toLowerCase() !== name.toLowerCase()) continue
    const rest = text.slice(name.length + 1)
    const trimmed = rest.trimStart()
    if (rest === '' || trimmed.length < rest.length) return dropFirst(parts, text.length - trimmed.length)
  }
  return parts
}

/** Parts less the first `units` UTF-16 units; a part that is cut becomes text. */
function dropFirst(parts: Part[], units: number): Part[] {
  let left = units
  for (const [place, part] of parts.entries()) {
    if (left === 0) return parts.slice(place)
    if (part.text.length > left) return [{ type: 'text', text: part.text.slice(left) }, ...parts.slice(place + 1)]
    left -= part.text.length
  }
  return []
}

/** Takes white space and invisible characters from the end; clients add them to repeat a message. */
function trimEnd(parts: Part[]): Part[] {
  for (let last = parts.at(-1); last?.type === 'text'; last = parts.at(-1)) {
    last.text = trimInvisible(last.text)
    if (last.text !== '') break
    parts.pop()
  }
  return parts
}
