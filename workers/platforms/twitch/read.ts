import { BadPayload, MAX_ITEMS, type Payload, type PushHeaders } from '../platform.ts'
import { glance } from './irc-glance.ts'
import { isObject, type Json, textAt } from './json.ts'

/**
 * A pushed body as payloads: IRC lines, or JSON (one webhook body, one WebSocket message, one line as a text, or an array of them).
 * A body that begins like JSON is read as such even when sent as text/plain, since no IRC line begins that way.
 */
export function read(body: string, headers: PushHeaders): Payload[] {
  const text = body.replace(/^\ufeff/, '')
  if (text.trim() === '') throw new BadPayload(0, 'the body is empty.')
  return isJson(text, headers['content-type'] ?? '') ? readJson(text, headers) : readLines(text, headers)
}

function isJson(text: string, contentType: string): boolean {
  return /[/+]json\b/i.test(contentType) || /^\s*[[{]/.test(text)
}

function readLines(text: string, headers: PushHeaders): Payload[] {
  const payloads: Payload[] = []
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? undefined : end).replace(/\r$/, '')
    from = end < 0 ? text.length : end + 1
    if (line.trim() === '') continue
    if (payloads.length === MAX_ITEMS) throw tooMany('lines')
    if (!isLine(line)) throw noLine(payloads.length)
    payloads.push({ item: payloads.length, value: line, headers })
  }
  return payloads
}

function readJson(text: string, headers: PushHeaders): Payload[] {
  const value = parse(text)
  const items: unknown[] = Array.isArray(value) ? value : [value]
  if (items.length === 0) throw new BadPayload(0, 'the array is empty.')
  if (items.length > MAX_ITEMS) throw tooMany('items')
  return items.map((item, place) => ({ item: place, value: checked(item, place), headers }))
}

const LINE_END = /\r?\n$/

/** Twitch's lines begin with tags or a prefix, and the few without either with a command in capitals: anything else is no chat. */
function isLine(line: string): boolean {
  return !line.includes('\n') && glance(line).command !== '' && /^[@:A-Z\d]/.test(line) && !/^[A-Z]?[a-z]/.test(line)
}

function noLine(item: number): BadPayload {
  return new BadPayload(item, 'this is not an IRC line.')
}

function tooMany(what: string): BadPayload {
  return new BadPayload(MAX_ITEMS, `one push takes at most ${MAX_ITEMS} ${what}.`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadPayload(0, 'the body is not valid JSON.')
  }
}

function checked(item: unknown, place: number): Json | string {
  if (typeof item === 'string') return lineIn(item, place)
  if (!isObject(item)) throw new BadPayload(place, 'an EventSub message is a JSON object, and an IRC line a text.')
  if (!isEventSub(item)) throw new BadPayload(place, 'there is neither subscription.type nor metadata.message_type.')
  return item
}

function lineIn(text: string, place: number): string {
  const line = text.replace(LINE_END, '')
  if (!isLine(line)) throw noLine(place)
  return line
}

function isEventSub(item: Json): boolean {
  const { subscription, metadata } = item
  return (
    (isObject(subscription) && textAt(subscription, 'type') !== '') ||
    (isObject(metadata) && textAt(metadata, 'message_type') !== '')
  )
}
