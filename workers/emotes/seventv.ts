import { type Foreign, isObject, list, shaped } from '../foreign.ts'
import { type Emote, type EmoteAnswer, gather, safeId, wordOf } from './emote.ts'
import type { Provider } from './provider.ts'

/** 7TV: a set for all, and one for each channel of three platforms. */

const SERVICES = new Set(['twitch', 'kick', 'youtube'])
/** Of an entry of a set: zero-width here. Of the emote itself: zero-width by design. */
const OVER_HERE = 1
const OVER_BY_DESIGN = 256

type Answer = Foreign<'emote_set'>
type SetAnswer = Foreign<'id' | 'emotes'>
type Entry = Foreign<'id' | 'name' | 'flags' | 'data'>
type Data = Foreign<'flags' | 'host'>

export const sevenTv: Provider = {
  name: '7tv',
  setting: 'sevenTvUrl',
  global: '/emote-sets/global',
  channel: (service, id) => (SERVICES.has(service) ? `/users/${service}/${id}` : undefined),
  readGlobal: readSet,
  readChannel(answer) {
    const { emote_set } = shaped<Answer>(answer)
    return emote_set === null ? { emotes: new Map() } : readSet(emote_set)
  },
}

/** An empty set comes without its list. */
function readSet(answer: unknown): EmoteAnswer | null {
  if (!isObject(answer)) return null
  const { id, emotes } = shaped<SetAnswer>(answer)
  const set = safeId(id)
  if (set === undefined && !Array.isArray(emotes)) return null
  return { emotes: gather(list(emotes), readEntry), ...(set !== undefined && { set }) }
}

/** The outer name counts: a channel may have renamed the emote. */
export function readEntry(value: unknown): readonly [word: string, emote: Emote] | undefined {
  const entry = shaped<Entry>(value)
  const { flags, host } = shaped<Data>(entry.data)
  const id = safeId(entry.id)
  const word = wordOf(entry.name)
  const file = fileOf(host)
  if (id === undefined || word === undefined || file === undefined) return undefined
  const over = has(entry.flags, OVER_HERE) || has(flags, OVER_BY_DESIGN)
  const url = `https://cdn.7tv.app/emote/${id}/${file}`
  return [word, { id, provider: '7tv', url, ...(over && { zeroWidth: true }) }]
}

/** The picture at twice its size, as WebP, which moves where the emote does; else the plain one. */
function fileOf(host: unknown): string | undefined {
  const names = list(shaped<Foreign<'files'>>(host).files).map((file) => shaped<Foreign<'name'>>(file).name)
  return ['2x.webp', '1x.webp'].find((name) => names.includes(name))
}

function has(flags: unknown, flag: number): boolean {
  return typeof flags === 'number' && (flags & flag) === flag
}
