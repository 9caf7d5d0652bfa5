import { createHmac, timingSafeEqual } from 'node:crypto'
import { clean, cleanName } from '../../text.ts'
import {
  BadDelivery,
  type Delivery,
  type DeliverySource,
  type Ground,
  type PushHeaders,
  type Verdict,
  type Verifier,
} from '../platform.ts'
import { comesOverIrc } from './eventsub-twins.ts'
import { isObject, type Json, objectAt, textAt } from './json.ts'
import { MESSAGE_TYPES } from './payload.ts'
import { instantOf } from './stamp.ts'

/** A delivery may be so old when it comes, as Twitch's documentation has it, and so far ahead of our clock; ms. */
export const MAX_AGE_MS = 10 * 60_000
export const MAX_AHEAD_MS = 60_000
const MAX_WORD = 100

/** Checks EventSub webhooks: the signature first, so that nobody else learns anything, then the age. */
export function verifier({ settings }: Ground): Verifier {
  return (delivery) => {
    checkSignature(delivery, delivery.source?.options.secret || settings.twitchEventSubSecret || '')
    checkAge(delivery)
    return verdictOf(delivery)
  }
}

function header(headers: PushHeaders, name: string): string {
  return headers[`twitch-eventsub-message-${name}`] ?? ''
}

/** HMAC-SHA256 over id, timestamp and the raw bytes, one behind the other. */
function checkSignature({ bytes, headers }: Delivery, secret: string): void {
  if (secret === '')
    throw new BadDelivery('bad_signature', 'No EventSub secret is set here, so nothing can be checked.')
  const hmac = createHmac('sha256', secret).update(header(headers, 'id')).update(header(headers, 'timestamp'))
  const right = Buffer.from(`sha256=${hmac.update(bytes).digest('hex')}`)
  const given = Buffer.from(header(headers, 'signature'))
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new BadDelivery('bad_signature', 'The signature is missing or was not made with the secret that is set here.')
}

function checkAge({ headers, receivedAt }: Delivery): void {
  const at = instantOf(header(headers, 'timestamp'))
  if (at === undefined) throw new BadDelivery('stale_delivery', 'The delivery does not say when it was sent.')
  if (receivedAt - at > MAX_AGE_MS) throw new BadDelivery('stale_delivery', 'The delivery is older than 10 minutes.')
  if (at - receivedAt > MAX_AHEAD_MS)
    throw new BadDelivery('stale_delivery', 'The delivery comes from more than a minute in the future.')
}

function verdictOf({ bytes, headers, source }: Delivery): Verdict {
  if (header(headers, 'id') === '')
    throw new BadDelivery(
      'bad_payload',
      'It has no message id, so that it could not be told from one that comes again.',
    )
  const body = new TextDecoder().decode(bytes)
  const message = parsed(body)
  if (message === null) throw new BadDelivery('bad_payload', 'Its body is no JSON object.')
  const type = header(headers, 'type')
  if (type === MESSAGE_TYPES.verification) return answered(message)
  if (type === MESSAGE_TYPES.revocation) return revoked(message)
  if (type === MESSAGE_TYPES.notification && !isObject(message.event))
    throw new BadDelivery('bad_payload', 'It is a notification without an event.')
  if (source === null) return OF_NONE
  return silentHere(message, source) ?? { kind: 'payload', body, headers: { ...headers, 'content-type': JSON_TYPE } }
}

const JSON_TYPE = 'application/json'
const OF_NONE: Verdict = { kind: 'foreign', why: 'No Twitch channel is followed here.' }
const OF_ANOTHER: Verdict = { kind: 'foreign', why: 'It is about another channel than the followed one.' }

/** Why nothing of it is taken here, where that is so. */
function silentHere(message: Json, source: DeliverySource): Verdict | undefined {
  const event = objectAt(message, 'event')
  if (!isFor(event, source)) return OF_ANOTHER
  const type = textAt(objectAt(message, 'subscription'), 'type')
  if (!source.heard || !comesOverIrc(type, event, source)) return undefined
  return { kind: 'silent', why: `${cleanName(type)} comes over IRC as well.` }
}

/** Raids and shout-outs name two channels; that one of them is ours will do. */
const BROADCASTERS = ['broadcaster_user', 'to_broadcaster_user', 'from_broadcaster_user']

/**
 * One secret may be that of many channels, and a subscription outlives the change to another channel: what is known to be about
 * somebody else is nobody's chat here.
 */
function isFor(event: Json, { name, facts }: DeliverySource): boolean {
  const named = BROADCASTERS.map((each) => ({
    id: textAt(event, `${each}_id`),
    login: textAt(event, `${each}_login`),
  })).filter(({ id, login }) => id !== '' || login !== '')
  const ours = ({ id, login }: { id: string; login: string }) =>
    login === '' ? facts.id === undefined || id === facts.id : login.toLowerCase() === name || id === facts.id
  return named.length === 0 || named.some(ours)
}

function parsed(body: string): Json | null {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function answered(message: Json): Verdict {
  const challenge = textAt(message, 'challenge')
  if (challenge === '') return { kind: 'foreign', why: 'A verification without a challenge asks for nothing.' }
  return { kind: 'reply', reply: { status: 200, text: challenge } }
}

function revoked(message: Json): Verdict {
  const subscription = objectAt(message, 'subscription')
  const word = (name: string) => clean(textAt(subscription, name)).slice(0, MAX_WORD) || 'unnamed'
  return { kind: 'ended', why: `Twitch ended the subscription to ${word('type')}: ${word('status')}.` }
}
