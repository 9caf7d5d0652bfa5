import { filled, isObject, shaped } from '../../foreign.ts'
import { BadPayload, MAX_ITEMS, type Payload, type PushHeaders } from '../platform.ts'
import { kindName } from './events.ts'
import { fits, typeOf } from './fitting.ts'
import { dataOf, isProtocol } from './frame-data.ts'
import type { Delivery, Frame, Publication, Push, Wrapped } from './payload.ts'

/**
 * Splits a pushed body: JSON, one payload or an array of them. A webhook's body gets its type from the header; a
 * Centrifugo push is unwrapped to the frame that Pusher would send.
 */
export function read(body: string, headers: PushHeaders): Payload[] {
  const value = parsed(body)
  const items = Array.isArray(value) ? value : [value]
  if (items.length === 0) throw new BadPayload(0, 'the array is empty.')
  if (items.length > MAX_ITEMS) throw new BadPayload(MAX_ITEMS, `more than ${MAX_ITEMS} items.`)
  return items.map((item, place) => ({ item: place, value: recognised(item, place, headers), headers }))
}

export function isFrame(value: unknown): value is Frame {
  return isObject(value) && filled(shaped<Frame>(value).event) !== undefined
}

export function isDelivery(value: unknown): value is Delivery {
  const { type, body } = shaped<Delivery>(value)
  return filled(type) !== undefined && isObject(body)
}

function recognised(value: unknown, item: number, headers: PushHeaders): Frame | Delivery {
  if (!isObject(value)) throw new BadPayload(item, 'not a webhook body, a { type, body } or a frame of the socket.')
  const { push } = shaped<Wrapped>(value)
  if (isObject(push)) return unwrapped(shaped<Push>(push), item)
  if (isFrame(value)) return readable(value, item)
  if (isDelivery(value)) return fitting(value, item)
  const type = filled(headers['kick-event-type'])
  if (type === undefined) {
    throw new BadPayload(item, 'the header Kick-Event-Type is missing, and it is neither { type, body } nor a frame.')
  }
  return fitting({ type, body: value }, item)
}

function readable(frame: Frame, item: number): Frame {
  if (isProtocol(frame) || dataOf(frame) !== undefined) return frame
  throw new BadPayload(item, `the data of "${kindName(String(frame.event))}" is not valid JSON.`)
}

/** The type stands beside the body, unsigned: one that the body belies is refused, whatever it is good for. */
function fitting(delivery: Delivery, item: number): Delivery {
  const type = filled(delivery.type) ?? ''
  if (fits(type, delivery.body)) return delivery
  throw new BadPayload(item, `the type says "${type}", and the body is a ${typeOf(delivery.body)}.`)
}

function unwrapped({ channel, pub }: Push, item: number): Frame {
  const { data } = shaped<Publication>(pub)
  if (!isFrame(data)) throw new BadPayload(item, 'the push holds no publication of an event.')
  return readable({ channel, ...data }, item)
}

function parsed(body: string): unknown {
  if (body.trim() === '') throw new BadPayload(0, 'the body is empty.')
  try {
    return JSON.parse(body)
  } catch {
    throw new BadPayload(0, 'the body is not valid JSON.')
  }
}
