import { fetchJson, OutsideError } from '../../fetching.ts'
import { filled, instant, isObject, list, shaped } from '../../foreign.ts'
import type { Ground } from '../platform.ts'
import type { SocketChat } from './payload.ts'

/** What was written while nobody listened, as Kick's website shows it to those who come. Undocumented, so read with tolerance. */

/** Messages of one answer that are looked at. */
export const MAX_HISTORY = 500
/** How deep in the answer the list of messages may lie. */
const MAX_DEPTH = 3
/** What is left of the difference between Kick's clock and ours may be so much; what comes twice is known by its id. */
const SLACK_MS = 10_000
/** Chat waits meanwhile. Not shortened with other waits: it is a bound, nobody waits it out. */
const HISTORY_WITHIN_MS = 5_000

export interface History {
  /** Chat messages since then as frames of the socket, oldest first. */
  frames: string[]
  /** It reaches back far enough: nothing that was written is left out. */
  whole: boolean
}

/** `since` is by Kick's clock. Never rejects: what cannot be had is not whole. */
export async function historySince(
  ground: Ground,
  { channelId, chatroomId }: { channelId: string; chatroomId: string },
  since: number,
  signal: AbortSignal,
): Promise<History> {
  try {
    const url = new URL(`../chat/${channelId}/history`, `${ground.settings.kickRealtimeUrl}/`)
    return historyIn(await fetchJson(url.href, { signal, within: HISTORY_WITHIN_MS }), since - SLACK_MS, chatroomId)
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    return { frames: [], whole: false }
  }
}

function historyIn(answer: unknown, since: number, chatroomId: string): History {
  const messages = messagesIn(answer, MAX_DEPTH)
    .slice(0, MAX_HISTORY)
    .map((message) => ({ message, at: instant(message.created_at) ?? 0 }))
    .sort((one, other) => one.at - other.at)
  const [oldest] = messages
  const channel = `chatrooms.${chatroomId}.v2`
  const frames = messages.filter(({ at }) => at >= since).map(({ message }) => frameOf(message, channel))
  const readable = frames.filter((frame) => frame !== undefined)
  const complete = readable.length === frames.length
  return { frames: readable, whole: complete && oldest !== undefined && oldest.at < since }
}

/** Nothing for a message that is nested too deeply to be written. */
function frameOf(data: SocketChat, channel: string): string | undefined {
  try {
    return JSON.stringify({ event: 'App\\Events\\ChatMessageEvent', data, channel })
  } catch {
    return undefined
  }
}

/** The first list that holds messages, wherever it lies. */
function messagesIn(value: unknown, depth: number): SocketChat[] {
  const found = list(value)
    .map((each) => shaped<SocketChat>(each))
    .filter(isMessage)
  if (found.length > 0 || depth === 0 || !isObject(value)) return found
  for (const inner of Object.values(value)) {
    const messages = messagesIn(inner, depth - 1)
    if (messages.length > 0) return messages
  }
  return []
}

function isMessage({ id, content, created_at, sender }: SocketChat): boolean {
  return (
    filled(id) !== undefined && typeof content === 'string' && instant(created_at) !== undefined && isObject(sender)
  )
}
