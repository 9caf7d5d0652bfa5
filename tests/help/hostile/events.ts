import type { Drawable, Message, Notice } from '../../../overlay/words.ts'
import type { ChatEvent } from '../../../server/protocol.ts'
import { ADDRESSES, COLORS, WORDS } from './words.ts'

/** The corpus as events that no normaliser has looked at: what the pages would draw if one failed. */

type Fields = Partial<Message> | Partial<Notice>

const AUTHOR = { id: 'u1', name: 'Noodle_Knight', roles: [], badges: [] }

/** Fields over those of an ordinary message; each makes an event of its own. */
export const FIELDS: readonly object[] = [
  ...WORDS.flatMap((words) => [
    { author: { ...AUTHOR, name: words, login: words, roles: [words], badges: [{ id: words, label: words }] } },
    { parts: [{ type: 'emote', text: words, id: words, provider: words, url: 'https://cdn.7tv.app/emote/a/2x.webp' }] },
    { parts: ['mention', 'link', 'cheer', words].map((type) => ({ type, text: words, url: words, bits: words })) },
    {
      reply: { id: words, author: words, text: words },
      money: { kind: words, amount: 1, display: words, tier: words },
    },
    { money: { kind: 'superchat', amount: 1, display: words, tier: 4 }, highlighted: true, first: true },
    {
      kind: 'notice',
      what: 'raid',
      text: words,
      author: { ...AUTHOR, name: words },
      parts: [{ type: 'text', text: words }],
    },
    { kind: 'notice', what: words, text: words, money: { kind: 'bits', amount: 1, display: words } },
  ]),
  ...ADDRESSES.map((url) => ({
    author: { ...AUTHOR, avatar: url, badges: [{ id: 'vip/1', label: 'VIP', image: url }] },
    parts: [
      { type: 'emote', text: 'code', id: 'a', provider: '7tv', url },
      { type: 'emote', text: 'over', id: 'b', provider: '7tv', url, zeroWidth: true },
      { type: 'cheer', text: 'Cheer100', bits: 100, url },
      { type: 'link', text: 'link', url },
    ],
  })),
  ...COLORS.map((color) => ({ author: { ...AUTHOR, color } })),
  { at: 8.64e15 + 1 },
  { at: -1 },
  { platform: 'owncast' },
]

const MARK = /^hostile (\d+)$/

/** The messages that become them, by their text. */
export const BEARERS: readonly string[] = FIELDS.map((_, n) => `hostile ${n}`)

/** A server's frame with the bearers' fields overwritten. */
export function poisoned(frame: string): string {
  const read: { type?: unknown; events?: ChatEvent[] } = JSON.parse(frame)
  if (read.type !== 'events' || read.events === undefined) return frame
  return JSON.stringify({ ...read, events: read.events.map(poisonedEvent) })
}

function poisonedEvent(event: ChatEvent): ChatEvent {
  const marked = event.kind === 'message' ? MARK.exec(event.text) : null
  const fields = FIELDS[Number(marked?.[1] ?? -1)] as Fields | undefined
  return fields === undefined ? event : ({ ...event, ...fields } as Drawable)
}
