import type { Part } from '../../message.ts'
import { clean } from '../../text.ts'

/** Where an emote stands in the raw text, in UTF-16 units, the end exclusive. */
export interface EmoteSpan {
  id: string
  start: number
  end: number
}

/** A range as Twitch counts it: Unicode code points, the end inclusive. */
export interface EmoteRange {
  id: string
  first: number
  last: number
}

/** Ranges read of one message; a real one has at most 250. */
export const MAX_EMOTES = 1_000

const EMOTE_ID = /^[A-Za-z0-9_-]{1,64}$/
const RANGE = /^(\d{1,5})-(\d{1,5})$/

/** The tag `emotes`: `id:first-last,first-last/id2:…`. What is not of that form is left out. */
export function readEmotesTag(tag: string): EmoteRange[] {
  const ranges: EmoteRange[] = []
  for (const group of tag.split('/', MAX_EMOTES)) {
    const colon = group.indexOf(':')
    if (colon <= 0) continue
    const id = group.slice(0, colon)
    for (const range of group.slice(colon + 1).split(',', MAX_EMOTES)) {
      const match = RANGE.exec(range)
      if (match !== null) ranges.push({ id, first: Number(match[1]), last: Number(match[2]) })
    }
    if (ranges.length >= MAX_EMOTES) break
  }
  return ranges
}

/**
 * Ranges that can be true, in order: inside the text, forwards, a word without white space, not over another one.
 * Real lines break each of these (twitchdev/issues#104); the text is then shown without the picture.
 */
export function placeEmotes(ranges: readonly EmoteRange[], text: string): EmoteSpan[] {
  const unitOf = codePointIndex(text)
  const sorted = [...ranges].sort((a, b) => a.first - b.first)
  const spans: EmoteSpan[] = []
  let free = 0
  for (const { id, first, last } of sorted) {
    const start = unitOf(first)
    const end = unitOf(last + 1)
    if (last < first || start < free || end > text.length) continue
    if (!EMOTE_ID.test(id) || /\s/.test(text.slice(start, end))) continue
    spans.push({ id, start, end })
    free = end
  }
  return spans
}

/** An emote's part, or plain text when the id cannot stand in an address; nothing when no text is left. */
export function emotePart(raw: string, id: string): Part | undefined {
  const text = clean(raw)
  if (text === '') return undefined
  if (!EMOTE_ID.test(id)) return { type: 'text', text }
  const url = `https://static-cdn.jtvnw.net/emoticons/v2/${id}/default/dark/2.0`
  return { type: 'emote', text, id, provider: 'twitch', url }
}

/** Code point → UTF-16 unit; beyond the end of the text something greater than its length. */
function codePointIndex(text: string): (point: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point
  const units: number[] = []
  let unit = 0
  for (const char of text) {
    units.push(unit)
    unit += char.length
  }
  units.push(unit)
  return (point) => units[point] ?? text.length + 1
}
