import type { Clear, Message, Notice, Remove, Restore } from '../../admin/state/model.ts'
import { DEFAULT_SETTINGS } from '../../server/look-defaults.ts'
import type { ServerFrame } from '../../server/protocol.ts'

/** Invented events for the panel's tests. */

const AT = Date.UTC(2026, 10, 14, 20, 14, 3)

export function message(seq: number, change: Partial<Message> = {}): Message {
  const text = change.text ?? `line ${seq}`
  return {
    kind: 'message',
    seq,
    id: `red:${seq}`,
    platform: 'red',
    at: AT,
    receivedAt: AT,
    author: { id: 'p1', name: 'PixelOtter', roles: [], badges: [] },
    parts: [{ type: 'text', text }],
    text,
    ...change,
  }
}

export function notice(seq: number, change: Partial<Notice> = {}): Notice {
  const base = { seq, id: `red:${seq}`, platform: 'red', at: AT, receivedAt: AT }
  return { kind: 'notice', what: 'raid', text: 'Marzipan raids with 42 viewers', ...base, ...change }
}

export function remove(seq: number, target: Remove['target'], change: Partial<Remove> = {}): Remove {
  const base = { seq, id: `red:x${seq}`, platform: 'red', at: AT, receivedAt: AT }
  return { kind: 'remove', target, by: 'platform', ...base, ...change }
}

export function restore(seq: number, target: Restore['target'], events: Restore['events'] = []): Restore {
  const base = { seq, id: `red:r${seq}`, platform: 'red', at: AT, receivedAt: AT }
  return { kind: 'restore', target, by: 'panel', events, ...base }
}

export function clear(seq: number, change: Partial<Clear> = {}): Clear {
  return { kind: 'clear', by: 'platform', seq, id: `red:c${seq}`, platform: 'red', at: AT, receivedAt: AT, ...change }
}

export function welcome(change: Partial<Extract<ServerFrame, { type: 'welcome' }>> = {}): ServerFrame {
  return {
    type: 'welcome',
    epoch: 'e1',
    seq: 0,
    recovered: false,
    settings: DEFAULT_SETTINGS,
    stream: { live: false, startedAt: null, title: null },
    featured: null,
    panic: false,
    slow: false,
    platforms: [],
    build: 'b1',
    ...change,
  }
}
