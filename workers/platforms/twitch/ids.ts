import { createHash } from 'node:crypto'
import type { Context, Normalised, Payload } from '../platform.ts'

/** Twitch's ids are short printable ASCII; anything else becomes a fingerprint, so that ids stay short and comparable. */
const PLAIN_ID = /^[\x21-\x7e]{1,128}$/

/** An id of a person or message as Twitch gives it, fit to be kept. */
export function platformId(raw: string): string {
  return PLAIN_ID.test(raw) ? raw : `x${fingerprint([raw])}`
}

/** `twitch:<id>`. */
export function eventId(raw: string): string {
  return `twitch:${platformId(raw)}`
}

/** The same for the same pieces, whenever they come: 96 bits in hex. */
export function fingerprint(pieces: readonly string[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(`${piece.length}:`).update(piece)
  return hash.digest('hex').slice(0, 24)
}

/** For what has neither an id nor a time of its own: the same when this delivery is handed over again, else new. */
export function deliveryId(payload: Payload, context: Context): string {
  return eventId(`${context.delivery}.${payload.item}`)
}

/** In a shared chat, one message comes to every joined room under an id of the room's, and with the id that it has where it was written. */
export function withOriginal(normalised: Normalised, sourceId: string | undefined): Normalised {
  const [event] = normalised.events
  if (!sourceId || event === undefined) return normalised
  const id = event.kind === 'remove' && 'id' in event.target ? event.target.id : event.id
  const original = eventId(sourceId)
  return original === id ? normalised : { ...normalised, original }
}
