import type { About, ChatEvent } from '../../server/protocol.ts'
import { platforms } from '../../workers/platforms/index.ts'

/** Invented events. */

type Message = Extract<ChatEvent, { kind: 'message' }>
type Notice = Extract<ChatEvent, { kind: 'notice' }>
type Remove = Extract<ChatEvent, { kind: 'remove' }>
type Restore = Extract<ChatEvent, { kind: 'restore' }>
type Clear = Extract<ChatEvent, { kind: 'clear' }>

export const about: About[] = platforms.map((platform) => platform.about)

export const NOW = 1_700_000_000_000

export function message(id: string, more: Partial<Message> = {}): Message {
  const text = more.text ?? `words of ${id}`
  const at = more.receivedAt ?? NOW
  const author = { id: 'u1', name: 'Ada', roles: [], badges: [] }
  return {
    ...{ kind: 'message', seq: 0, id, platform: 'twitch', at, receivedAt: at, author, text },
    parts: [{ type: 'text', text }],
    ...more,
  }
}

export function notice(id: string, what: Notice['what'], text: string, more: Partial<Notice> = {}): Notice {
  return { kind: 'notice', seq: 0, id, platform: 'twitch', at: NOW, receivedAt: NOW, what, text, ...more }
}

export function remove(target: Remove['target'], more: Partial<Remove> = {}): Remove {
  return {
    ...{ kind: 'remove', seq: 0, id: 'r', platform: 'twitch', at: NOW, receivedAt: NOW, target, by: 'platform' },
    ...more,
  }
}

export function restore(target: Restore['target'], events: Restore['events']): Restore {
  const base = { seq: 0, id: 'b', platform: 'twitch', at: NOW, receivedAt: NOW }
  return { kind: 'restore', ...base, target, by: 'panel', events }
}

export function clear(by: Clear['by'], more: Partial<Clear> = {}): Clear {
  return { kind: 'clear', seq: 0, id: 'c', platform: 'twitch', at: NOW, receivedAt: NOW, by, ...more }
}
