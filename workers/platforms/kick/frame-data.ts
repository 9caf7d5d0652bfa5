import { filled } from '../../foreign.ts'
import type { Frame } from './payload.ts'

/** Pusher's own words: connection, subscription, ping and pong. */
const PROTOCOL = /^pusher(_internal)?:/

export function isProtocol({ event }: Frame): boolean {
  return PROTOCOL.test(filled(event) ?? '')
}

/** The frame's data, parsed where it is a string; null where there is none, and nothing where it cannot be parsed. */
export function dataOf({ data = null }: Frame): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
