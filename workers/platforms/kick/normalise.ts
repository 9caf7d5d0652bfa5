import { filled, idOf, instant, shaped } from '../../foreign.ts'
import type { Draft } from '../../message.ts'
import type { Context, Normalised, Payload } from '../platform.ts'
import { base, contentId, eventId, kindName, notice, type Outcome, type Place } from './events.ts'
import { dataOf, isProtocol } from './frame-data.ts'
import { FRAMES } from './frames.ts'
import type { Delivery, Frame, Timed } from './payload.ts'
import { isDelivery, isFrame } from './read.ts'
import { WEBHOOKS } from './webhook.ts'

const PREFIX = /^App\\Events\\/

/** A payload gives events, or a sentence that says why not. */
export function normalise(payload: Payload, context: Context): Normalised {
  const outcome = outcomeOf(payload, context)
  if (Array.isArray(outcome)) return { events: outcome, ignored: [], ...byContent(outcome, payload) }
  const { ignored, ...news } = typeof outcome === 'string' ? { ignored: outcome } : outcome
  return { events: [], ignored: [`Item ${payload.item}: ${ignored}`], ...news }
}

/**
 * A second subscription to the same news delivers them under another Message-Id. What has no other id than that is known by its content as
 * well, where that says when it was.
 */
function byContent([event]: readonly Draft[], { value }: Payload): Pick<Normalised, 'original'> {
  if (event?.kind !== 'notice' || !isDelivery(value)) return {}
  const made = contentId(filled(value.type) ?? '', shaped<Timed>(value.body).created_at, value.body)
  return made === undefined || eventId(made) === event.id ? {} : { original: eventId(made) }
}

function outcomeOf(payload: Payload, context: Context): Outcome {
  if (isFrame(payload.value)) return ofFrame(payload.value, payload, context)
  if (isDelivery(payload.value)) return ofDelivery(payload.value, payload, context)
  return 'it is not what Kick sends.'
}

function ofDelivery(delivery: Delivery, payload: Payload, context: Context): Outcome {
  const type = filled(delivery.type) ?? ''
  const place = placeOf(type, payload, context)
  return (WEBHOOKS.get(type) ?? unknown)(delivery.body, place)
}

function ofFrame(frame: Frame, payload: Payload, context: Context): Outcome {
  const event = filled(frame.event) ?? ''
  if (isProtocol(frame)) return "it belongs to the socket's protocol."
  const data = dataOf(frame)
  if (data === undefined) return `the data of "${kindName(event)}" is not valid JSON.`
  const type = event.replace(PREFIX, '')
  return (FRAMES.get(type) ?? unknown)(data, placeOf(type, payload, context))
}

function placeOf(type: string, { item, headers }: Payload, { delivery, receivedAt }: Context): Place {
  const id = idOf(headers['kick-event-message-id'])
  return {
    key: `${delivery}:${item}`,
    receivedAt,
    type,
    // The headers are those of the whole body: further items of an array need ids of their own.
    messageId: id === undefined || item === 0 ? id : `${id}:${item}`,
    sentAt: instant(headers['kick-event-message-timestamp']),
  }
}

function unknown(body: unknown, place: Place): Outcome {
  const head = base({ body }, place)
  return [notice(head, 'other', `Kick sent an event of the type "${kindName(place.type)}".`)]
}
