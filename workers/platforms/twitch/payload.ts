import type { Draft } from '../../message.ts'
import type { Json } from './json.ts'

/**
 * Twitch's own naming, as its documentation has it. IRC tags and EventSub fields keep their names up to the point where
 * they become ours.
 */

/** `Twitch-Eventsub-Message-Type`, and `metadata.message_type` over WebSocket. */
export const MESSAGE_TYPES = {
  notification: 'notification',
  verification: 'webhook_callback_verification',
  revocation: 'revocation',
  welcome: 'session_welcome',
  keepalive: 'session_keepalive',
  reconnect: 'session_reconnect',
} as const

/** One EventSub notification, whichever transport brought it. */
export interface Notification {
  /** `subscription.type`, such as `channel.chat.message`. */
  type: string
  event: Json
  /** Milliseconds. */
  at: number
  receivedAt: number
  /** The event's id: `own` if there is one, else the transport's, else a fingerprint of the body. */
  id(own?: string): string
  /** For events that take something away: never the id of their target, and never the same for two of them by chance. */
  removalId(target?: string): string
}

export type EventSubHandler = (notification: Notification) => Draft | string

export type MessageDraft = Extract<Draft, { kind: 'message' }>
export type NoticeDraft = Extract<Draft, { kind: 'notice' }>

/** What every event of Twitch has. */
export interface Stamp {
  id: string
  platform: 'twitch'
  at: number
  receivedAt: number
}

/** The id that stands for everyone who gives or cheers without a name. */
export const ANONYMOUS_ID = '274598607'
