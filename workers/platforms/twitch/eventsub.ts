import { cleanName } from '../../text.ts'
import type { Broadcast, Context, Normalised, Payload } from '../platform.ts'
import { CHAT } from './eventsub-chat.ts'
import { NEWS } from './eventsub-news.ts'
import { REMOVALS } from './eventsub-removals.ts'
import { silentReason } from './eventsub-silent.ts'
import { deliveryId, eventId, fingerprint, withOriginal } from './ids.ts'
import { isObject, type Json, objectAt, scalars, textAt } from './json.ts'
import { type EventSubHandler, MESSAGE_TYPES, type Notification } from './payload.ts'
import { instantOf } from './stamp.ts'

const HANDLERS: ReadonlyMap<string, EventSubHandler> = new Map([...CHAT, ...REMOVALS, ...NEWS])

/** One EventSub webhook body or WebSocket message as events. */
export function normaliseEventSub(body: Json, payload: Payload, context: Context): Normalised {
  const envelope = open(body, payload)
  const nothing = silentEnvelope(envelope)
  const result = nothing ?? eventOf(envelope, payload, context)
  if (typeof result !== 'string') return withOriginal({ events: [result], ignored: [] }, sourceOf(envelope))
  const ignored = [`Item ${payload.item}: ${result}`]
  const broadcast = nothing === undefined ? broadcastOf(envelope, context) : undefined
  return broadcast === undefined ? { events: [], ignored } : { events: [], ignored, broadcast }
}

/** What both transports say about a message, whichever brought it. */
interface Envelope {
  messageType: string
  messageId: string
  timestamp: string
  type: string
  event: unknown
  body: Json
}

function open(body: Json, payload: Payload): Envelope {
  const metadata = objectAt(body, 'metadata')
  const overSocket = textAt(metadata, 'message_type') !== ''
  const inner = overSocket ? objectAt(body, 'payload') : body
  const header = (name: string) => payload.headers[`twitch-eventsub-message-${name}`] ?? ''
  return {
    messageType: textAt(metadata, 'message_type') || header('type') || typeOfBody(body),
    messageId: textAt(metadata, 'message_id') || itemOf(header('id'), payload.item),
    timestamp: textAt(metadata, 'message_timestamp') || header('timestamp'),
    type: textAt(objectAt(inner, 'subscription'), 'type') || textAt(metadata, 'subscription_type'),
    event: Object.hasOwn(inner, 'event') ? inner.event : undefined,
    body,
  }
}

/** One header stands for a whole array; its later items need ids of their own. */
function itemOf(messageId: string, item: number): string {
  return messageId === '' || item === 0 ? messageId : `${messageId}.${item}`
}

/** The state of a subscription that goes on. */
const ENABLED = 'enabled'

/** Stored bodies come without headers. */
function typeOfBody(body: Json): string {
  if (isObject(body.event)) return MESSAGE_TYPES.notification
  if (textAt(body, 'challenge') !== '') return MESSAGE_TYPES.verification
  return textAt(objectAt(body, 'subscription'), 'status') === ENABLED
    ? MESSAGE_TYPES.notification
    : MESSAGE_TYPES.revocation
}

const SESSION = new Set<string>([MESSAGE_TYPES.welcome, MESSAGE_TYPES.keepalive, MESSAGE_TYPES.reconnect])

function silentEnvelope({ messageType, event }: Envelope): string | undefined {
  if (SESSION.has(messageType)) return `a ${messageType} message is about the connection, not the chat.`
  if (messageType === MESSAGE_TYPES.verification) return 'a verification asks for its challenge and holds no chat.'
  if (messageType === MESSAGE_TYPES.revocation) return 'a revocation ends a subscription and holds no chat.'
  if (messageType !== MESSAGE_TYPES.notification) return `a message of type ${cleanName(messageType)} holds no chat.`
  return isObject(event) ? undefined : 'a notification without an event says nothing.'
}

function sourceOf({ event }: Envelope): string | undefined {
  return isObject(event) ? textAt(event, 'source_message_id') : undefined
}

/** `stream.online` says itself when it began, `stream.offline` only when it was told. */
function broadcastOf({ type, event, timestamp }: Envelope, { receivedAt }: Context): Broadcast | undefined {
  if (type !== 'stream.online' && type !== 'stream.offline') return undefined
  const live = type === 'stream.online'
  const started = live && isObject(event) ? instantOf(textAt(event, 'started_at')) : undefined
  return { live, at: started ?? instantOf(timestamp) ?? receivedAt }
}

function eventOf(envelope: Envelope, payload: Payload, context: Context): ReturnType<EventSubHandler> {
  const reason = silentReason(envelope.type)
  if (reason !== undefined) return reason
  const notification = notificationOf(envelope, payload, context)
  const handler = HANDLERS.get(envelope.type)
  return handler === undefined ? newKind(notification) : handler(notification)
}

function newKind({ type, at, receivedAt, id }: Notification): ReturnType<EventSubHandler> {
  const name = cleanName(type, 'unnamed')
  const text = `Twitch sent an event of a kind that is new here: ${name}.`
  return { id: id(), platform: 'twitch', kind: 'notice', what: 'other', at, receivedAt, text }
}

function notificationOf(envelope: Envelope, payload: Payload, context: Context): Notification {
  const { type, messageId, timestamp, body } = envelope
  const event = isObject(envelope.event) ? envelope.event : {}
  const transportId = messageId === '' ? undefined : eventId(messageId)
  return {
    type,
    event,
    at: instantOf(timestamp) ?? timeInside(event) ?? context.receivedAt,
    receivedAt: context.receivedAt,
    id: (own) => (own ? eventId(own) : (transportId ?? eventId(`body-${fingerprint(scalars(body))}`))),
    // Taking away twice does no harm, taking away once too few does: without a transport id each delivery counts.
    removalId: (target) =>
      transportId === undefined || transportId === target ? deliveryId(payload, context) : transportId,
  }
}

/** Times that events carry themselves; `at` of the event is the first there is. */
const TIMES = ['followed_at', 'redeemed_at', 'banned_at', 'started_at', 'created_at']

function timeInside(event: Json): number | undefined {
  for (const key of TIMES) {
    const at = instantOf(textAt(event, key))
    if (at !== undefined) return at
  }
  return undefined
}
