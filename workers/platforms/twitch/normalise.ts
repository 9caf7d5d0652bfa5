import type { Context, Normalised, Payload } from '../platform.ts'
import { normaliseEventSub } from './eventsub.ts'
import { isObject } from './json.ts'
import { normaliseLine } from './normalise-irc.ts'

/** A line of text is IRC, an object is EventSub. Gives events or a stated reason for anything else. */
export function normalise(payload: Payload, context: Context): Normalised {
  const { value, item } = payload
  if (typeof value === 'string') return normaliseLine(value, payload, context)
  if (isObject(value)) return normaliseEventSub(value, payload, context)
  return { events: [], ignored: [`Item ${item}: this is neither an IRC line nor an EventSub message.`] }
}
