import * as assert from 'uvu/assert'
import type { Draft, Part } from '../../../../workers/message.ts'
import type { Context, Normalised } from '../../../../workers/platforms/platform.ts'
import { twitch } from '../../../../workers/platforms/twitch/index.ts'

export const CONTEXT: Context = { receivedAt: 1_700_000_000_500, delivery: 'delivery-1' }

export type Headers = Record<string, string>

/** One payload, as `read` would hand it over. */
export function normalised(value: unknown, headers: Headers = {}, item = 0): Normalised {
  return twitch.normalise({ item, value, headers }, CONTEXT)
}

/** The one event that a payload gives. */
export function eventOf(value: unknown, headers: Headers = {}): Draft {
  const { events, ignored } = normalised(value, headers)
  assert.equal(ignored, [])
  assert.is(events.length, 1)
  const [event] = events
  if (event === undefined) throw new Error('no event')
  return event
}

type Of<K extends Draft['kind']> = Extract<Draft, { kind: K }>

export function messageOf(value: unknown, headers: Headers = {}): Of<'message'> {
  const event = eventOf(value, headers)
  if (event.kind !== 'message') throw new Error(`a ${event.kind} instead of a message`)
  return event
}

export function noticeOf(value: unknown, headers: Headers = {}): Of<'notice'> {
  const event = eventOf(value, headers)
  if (event.kind !== 'notice') throw new Error(`a ${event.kind} instead of a notice`)
  return event
}

/** The one reason why a payload gives no event. */
export function reasonOf(value: unknown, headers: Headers = {}, item = 0): string {
  const { events, ignored } = normalised(value, headers, item)
  assert.equal(events, [])
  assert.is(ignored.length, 1)
  return ignored[0] ?? ''
}

/** A PRIVMSG of an invented author. */
export function chatLine(text: string, tags: Record<string, string> = {}): string {
  const all = { 'display-name': 'Mira_Vale', id: 'msg-1', 'tmi-sent-ts': '1700000000000', 'user-id': '4001', ...tags }
  const pairs = Object.entries(all).map(([key, value]) => `${key}=${value}`)
  return `@${pairs.join(';')} :mira_vale!mira_vale@mira_vale.tmi.twitch.tv PRIVMSG #harbor_room :${text}`
}

/** A webhook body. */
export function webhook(type: string, event: unknown): Record<string, unknown> {
  return { subscription: { id: 'sub-1', status: 'enabled', type, version: '1', condition: {} }, event }
}

/** Parts in short: `emote:Kappa`, texts as they are. */
export function brief(parts: readonly Part[] | undefined): string[] {
  return (parts ?? []).map((part) => (part.type === 'text' ? part.text : `${part.type}:${part.text}`))
}

/** What every event must keep, whatever the payload was. */
export function assertSound({ events, ignored }: Normalised): void {
  assert.ok(events.length > 0 || ignored.length > 0, 'neither an event nor a reason')
  for (const reason of ignored) assert.match(reason, /^Item \d+: /)
  for (const event of events) {
    assert.match(event.id, /^twitch:[\x21-\x7e]{1,200}$/)
    assert.is(event.platform, 'twitch')
    assert.ok(Number.isSafeInteger(event.at) && event.at > 0, `at is ${event.at}`)
    if (event.kind === 'message') {
      assert.is(event.parts.map((part) => part.text).join(''), event.text)
      assert.ok(event.author.name !== '' && event.author.id !== '')
    }
    if (event.kind === 'notice') assert.ok(event.text.trim() !== '')
    if (event.kind === 'message' || event.kind === 'notice') assert.not(event.parts?.some((part) => part.text === ''))
    if (event.kind === 'remove' && 'id' in event.target) assert.is.not(event.id, event.target.id)
  }
}
