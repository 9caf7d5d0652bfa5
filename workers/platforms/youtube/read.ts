import { type Foreign, isObject, list, shaped } from '../../foreign.ts'
import { BadPayload, MAX_ITEMS, type Payload, type PushHeaders } from '../platform.ts'
import { actionNames, actionsOf } from './innertube.ts'
import { type Answer, LIST_KIND, type ListAnswer, MESSAGE_KIND, type Resource } from './payload.ts'

export type Shape = 'resource' | 'list' | 'answer' | 'action'

/** Messages or actions in one answer; the official API gives at most this many. */
export const MAX_ENTRIES = 2_000

/** Splits a pushed body: JSON, one payload or an array of them in any mixture of the four shapes. */
export function read(body: string, headers: PushHeaders): Payload[] {
  const value = parsed(body)
  const items = Array.isArray(value) ? value : [value]
  if (items.length === 0) throw new BadPayload(0, 'the array is empty.')
  if (items.length > MAX_ITEMS) throw new BadPayload(MAX_ITEMS, `more than ${MAX_ITEMS} items.`)
  return items.map((item, place) => ({ item: place, value: checked(unwrapped(item), place), headers }))
}

/** What an object is by its fields; nothing where YouTube sends no such object. */
export function shapeOf(value: unknown): Shape | undefined {
  const { kind, items, snippet } = shaped<ListAnswer & Resource>(value)
  if (kind === LIST_KIND || (kind === undefined && Array.isArray(items))) return 'list'
  if (isObject(snippet) && (kind === MESSAGE_KIND || kind === undefined)) return 'resource'
  const { continuationContents, contents, responseContext } = shaped<Answer>(value)
  if (isObject(continuationContents) || isObject(contents) || isObject(responseContext)) return 'answer'
  return actionNames(value).length > 0 ? 'action' : undefined
}

function parsed(body: string): unknown {
  if (body.trim() === '') throw new BadPayload(0, 'the body is empty.')
  try {
    return JSON.parse(body)
  } catch {
    throw new BadPayload(0, 'the body is not valid JSON.')
  }
}

/** Answers of older recordings stand in a wrapper. */
function unwrapped(value: unknown): unknown {
  const { response } = shaped<Foreign<'response'>>(value)
  return isObject(response) ? response : value
}

function checked(value: unknown, item: number): unknown {
  const shape = shapeOf(value)
  if (shape === undefined) {
    throw new BadPayload(item, 'not a liveChatMessage, a list answer, an innertube action or an innertube answer.')
  }
  const entries = shape === 'list' ? list(shaped<ListAnswer>(value).items) : (actionsOf(shaped<Answer>(value)) ?? [])
  if (entries.length > MAX_ENTRIES) throw new BadPayload(item, `more than ${MAX_ENTRIES} entries.`)
  return value
}
