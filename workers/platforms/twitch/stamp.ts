import type { Context, Payload } from '../platform.ts'
import { deliveryId, eventId, fingerprint } from './ids.ts'
import type { IrcLine } from './irc.ts'
import { wholeNumber } from './json.ts'
import type { Stamp } from './payload.ts'

/** The last millisecond that a Date can hold. */
const END_OF_TIME = 8_640_000_000_000_000

/**
 * Id and time of what an IRC line says. The tag `id` stands for the message in this room, also in a shared chat.
 */
export function stampOf(line: IrcLine, payload: Payload, context: Context): Stamp {
  const own = line.tags.get('id')
  return {
    id: own ? eventId(own) : idWithoutTag(line, payload, context),
    platform: 'twitch',
    at: sentAt(line.tags) ?? context.receivedAt,
    receivedAt: context.receivedAt,
  }
}

/**
 * Clears and deletes have no id of their own. With the server's time in it, a line's content is one: the same line again, live
 * or replayed from a log, gets the same id, and a delete never that of its target.
 */
export function idWithoutTag(line: IrcLine, payload: Payload, context: Context): string {
  const sent = line.tags.get('tmi-sent-ts')
  if (!sent) return deliveryId(payload, context)
  const { tags, prefix, command, params } = line
  const named = ['user-id', 'target-user-id', 'target-msg-id', 'ban-duration', 'msg-id'].map(
    (key) => tags.get(key) ?? '',
  )
  return eventId(`line-${fingerprint([command, sent, prefix, ...named, ...params])}`)
}

function sentAt(tags: IrcLine['tags']): number | undefined {
  return milliseconds(tags.get('tmi-sent-ts')) ?? milliseconds(tags.get('rm-received-ts'))
}

function milliseconds(value: string | undefined): number | undefined {
  const at = wholeNumber(value)
  return at !== undefined && at > 0 && at <= END_OF_TIME ? at : undefined
}

/** An instant in the 21st century or after: Go writes a time that is none as that of the year 1. */
const EARLIEST = Date.UTC(2000, 0)
const RFC_3339 = /^\d{4}-\d\d-\d\dT/i

/** Milliseconds of an RFC 3339 time, to the nanosecond as EventSub writes it. */
export function instantOf(value: string | undefined): number | undefined {
  if (value === undefined || value.length > 40 || !RFC_3339.test(value)) return undefined
  // RFC 3339 lets T and Z be small; ECMAScript promises nothing for that.
  const at = Date.parse(value.toUpperCase())
  return at >= EARLIEST ? at : undefined
}
