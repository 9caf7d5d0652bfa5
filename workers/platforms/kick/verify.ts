import { type KeyObject, verify } from 'node:crypto'
import { filled, idOf, instant, isObject, shaped } from '../../foreign.ts'
import { BadDelivery, type Delivery, type Facts, type Ground, type Verdict, type Verifier } from '../platform.ts'
import type { Signed, User } from './payload.ts'
import { person } from './people.ts'
import { SigningKey } from './signing-key.ts'

/** How far Kick's clock may be from ours. Its documentation sets no limit. */
export const MAX_AGE_MS = 5 * 60_000

const ID = /^[\x21-\x7e]{1,128}$/
const TIME = /^[\x21-\x7e]{1,64}$/
const BASE64 = /^[A-Za-z0-9+/]{4,2048}={0,2}$/
const TYPE = /^[A-Za-z0-9._-]{1,80}$/

interface Head {
  id: string
  /** RFC 3339, as it came: it is signed so. */
  time: string
  signature: Buffer
  type: string
}

/**
 * RSA PKCS#1 v1.5 with SHA-256 over `id.time.body`. All apps share one key, so that what was meant for somebody else fits as well: the
 * body must be about the followed channel.
 */
export function verifier(ground: Ground, key = new SigningKey(ground)): Verifier {
  return async (delivery) => {
    const head = headOf(delivery)
    checkTime(head.time, delivery.receivedAt)
    const signed = Buffer.concat([Buffer.from(`${head.id}.${head.time}.`), delivery.bytes])
    const fits = (by: KeyObject) => verify('sha256', signed, by, head.signature)
    if (!fits(await key.current()) && !fits(await key.again()))
      throw new BadDelivery('bad_signature', 'It does not fit.')
    return verdict(delivery, head.type)
  }
}

function headOf({ headers }: Delivery): Head {
  const header = (name: string, shape: RegExp): string => {
    const value = headers[`kick-event-${name}`]
    if (value !== undefined && shape.test(value)) return value
    throw new BadDelivery('bad_signature', `The header Kick-Event-${name} is missing or malformed.`)
  }
  return {
    id: header('message-id', ID),
    time: header('message-timestamp', TIME),
    signature: Buffer.from(header('signature', BASE64), 'base64'),
    type: header('type', TYPE),
  }
}

function checkTime(time: string, receivedAt: number): void {
  const at = instant(time)
  if (at === undefined) throw new BadDelivery('bad_signature', 'The header Kick-Event-Message-Timestamp is no time.')
  if (Math.abs(receivedAt - at) > MAX_AGE_MS)
    throw new BadDelivery(
      'stale_delivery',
      `It was sent at ${time}, more than ${MAX_AGE_MS / 60_000} minutes from now.`,
    )
}

function verdict({ bytes, headers, source }: Delivery, type: string): Verdict {
  const body = new TextDecoder().decode(bytes)
  const value = parsed(body)
  // What is no JSON is refused by `read`, which says so.
  if (value === undefined) return { kind: 'payload', body, headers }
  if (!isObject(value)) throw new BadDelivery('bad_payload', 'Its body is no JSON object.')
  const { broadcaster } = shaped<Signed>(value)
  // Not refused: Kick ends a subscription after a day of refusals, and may have added an event about no channel.
  if (!isObject(broadcaster)) return foreign('It names no channel.')
  if (source === null) return foreign('No Kick channel is followed here.')
  if (!isFor(broadcaster, source)) return foreign('It is about another channel than the followed one.')
  // Typed on the way: whatever else its body holds, a delivery is never read as a frame of the socket.
  return { kind: 'payload', body: `{"type":"${type}","body":${body}}`, headers, learnt: factsOf(broadcaster) }
}

function foreign(why: string): Verdict {
  return { kind: 'foreign', why }
}

function isFor(broadcaster: User, { name, facts }: NonNullable<Delivery['source']>): boolean {
  const slug = filled(broadcaster.channel_slug)
  const id = idOf(broadcaster.user_id)
  // Kick writes a slug with dashes or, as in some of its bodies, with underscores.
  if (slug?.toLowerCase().replaceAll('_', '-') === name) return true
  return id !== undefined && id === facts.userId
}

/** Kick's own id of the channel is its user's. */
function factsOf(broadcaster: User): Facts {
  const { name, avatar } = person(broadcaster)
  const id = idOf(broadcaster.user_id)
  return {
    ...(id !== undefined && { id, userId: id }),
    ...(filled(broadcaster.username) !== undefined && { title: name }),
    ...(avatar !== undefined && { avatar }),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
