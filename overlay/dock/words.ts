import type { SourceView } from '../../server/protocol.ts'
import type { Hidden } from './state.ts'

/** What the dock says in words. */

export const STATES: Readonly<Record<SourceView['state'], string>> = {
  off: 'Off',
  waiting: 'Waiting for stream',
  connecting: 'Connecting…',
  live: 'Connected',
  stale: 'Quiet',
  retry: 'Reconnecting',
  attention: 'Needs you',
}

/** States in which trying at once makes sense. */
export const CAN_RETRY: readonly SourceView['state'][] = ['retry', 'attention', 'stale', 'waiting']

/** How a source is; with the seconds to the next try where one is coming. */
export function stateOf({ state, retryAt }: Pick<SourceView, 'state' | 'retryAt'>, now: number): string {
  const wait = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1_000)
  return state === 'retry' && wait > 0 ? `${STATES.retry} in ${wait} s` : STATES[state]
}

export function reasonOf(hidden: Hidden, label: string): string {
  if (hidden === 'platform') return `Removed on ${label}`
  if (hidden === 'held') return 'Waits for a moderator'
  return hidden === 'rule' ? 'Hidden by a rule' : 'Hidden'
}

/** `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${h}:${String(m).padStart(2, '0')}:${String(s).padStart(2, '0')}`
}

const HELD: Readonly<Record<string, string>> = {
  link: 'Link',
  first: 'First message',
  word: 'Word',
  caps: 'Capitals',
  repeat: 'Repeated',
  emotes: 'Emotes only',
}

/** Why it waits. */
export function heldBecause(rule: string): string {
  return HELD[rule] ?? 'Everything is held'
}
