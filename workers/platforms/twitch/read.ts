import { BadPayload, MAX_ITEMS, type Payload, type PushHeaders } from '../platform.ts'
import { isObject, type Json, textAt } from './json.ts'

/**
 * A pushed body as payloads: IRC lines, or EventSub JSON (one webhook body, one WebSocket message, or an array of them).
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
    if (line === '') continue
    if (payloads.length === MAX_ITEMS) throw tooMany('lines')
    payloads.push({ item: payloads.length, value: line, headers })
  }
  return payloads
}

function readJson(text: string, headers: PushHeaders): Payload[] {
  const value = parse(text)
  const items: unknown[] = Array.isArray(value) ? value : [value]
  if (items.length === 0) throw new BadPayload(0, 'the array is empty.')
  if (items.length > MAX_ITEMS) throw tooMany('items')
  items.forEach(check)
  return items.map((item, place) => ({ item: place, value: item, headers }))
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

function check(item: unknown, place: number): void {
  if (!isObject(item)) throw new BadPayload(place, 'an EventSub message is a JSON object.')
  if (!isEventSub(item)) throw new BadPayload(place, 'there is neither subscription.type nor metadata.message_type.')
}

function isEventSub(item: Json): boolean {
  const { subscription, metadata } = item
  return (
    (isObject(subscription) && textAt(subscription, 'type') !== '') ||
    (isObject(metadata) && textAt(metadata, 'message_type') !== '')
  )
}
