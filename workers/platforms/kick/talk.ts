import type { Ground } from '../platform.ts'

/** What both of Kick's sockets have in common for whoever reads them. */

export type Provider = 'centrifugo' | 'pusher'

/** One connection; it begins by itself when it is made. */
export interface Talk {
  pause(): void
  resume(): void
  /** Ends it without a word to the ears. */
  close(): void
}

export interface TalkEars {
  /** The chat's channel is confirmed. */
  ready(): void
  /** A payload for `read`, as it came. */
  payload(body: string): void
  /** Any sign of life. */
  heard(): void
  /** Silent for longer than it should be. */
  quiet(): void
  /** Lost; told exactly once. */
  over(loss: Loss): void
}

/** `later`: this provider wants nothing of us for a while, and nothing at all of the client that we were. */
export interface Loss {
  why: string
  next: 'at once' | 'soon' | 'later'
}

export interface TalkParts {
  url: string
  /** What to subscribe; the chat's own channel comes first. */
  channels: readonly string[]
  ears: TalkEars
  ground: Ground
}

/** What is known of a followed channel. */
export interface Ids {
  chatroomId: string
  channelId: string | undefined
}

/** Ids of channels and chatrooms. */
export const KICK_ID = /^\d{1,15}$/

/** Chat and most events come on the first; gifts, Kicks and the broadcast on the others. */
export function channelsOf({ chatroomId, channelId }: Ids): string[] {
  const chat = [`chatrooms.${chatroomId}.v2`, `chatrooms.${chatroomId}`, `chatroom_${chatroomId}`]
  return channelId === undefined ? chat : [...chat, `channel.${channelId}`, `channel_${channelId}`]
}

/** Seconds that the other side names, as milliseconds and within reason. */
export function seconds(value: unknown, otherwise: number, longest: number): number {
  const named = typeof value === 'number' && value > 0 ? value : otherwise
  return Math.min(named, longest) * 1_000
}

/** A JSON object, or nothing. */
export function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
