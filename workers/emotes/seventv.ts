import { type Foreign, isObject, list, shaped } from '../foreign.ts'
import { type Emote, type EmoteAnswer, type EmoteMap, gather, MAX_SET, safeId, wordOf } from './emote.ts'
import type { Provider } from './provider.ts'

/** 7TV: a set for all, and one for each channel of three platforms. */

const SERVICES = new Set(['twitch', 'kick', 'youtube'])
/** Of an entry of a set: zero-width here. Of the emote itself: zero-width by design. */
const OVER_HERE = 1
const OVER_BY_DESIGN = 256

type Answer = Foreign<'emote_set'>
type SetAnswer = Foreign<'id' | 'emotes'>
type Entry = Foreign<'id' | 'name' | 'flags' | 'data'>
type Change = Foreign<'pulled' | 'pushed' | 'updated'>
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
  change,
}

/** An empty set comes without its list. */
function readSet(answer: unknown): EmoteAnswer | null {
  if (!isObject(answer)) return null
  const { id, emotes } = shaped<SetAnswer>(answer)
  const set = safeId(id)
  if (set === undefined && !Array.isArray(emotes)) return null
  return { emotes: gather(list(emotes), readEntry), ...(set !== undefined && { set }) }
}

/** What was pulled out of a set, pushed into it, or renamed in it. */
function change(emotes: EmoteMap, body: unknown): EmoteMap {
  const { pulled, pushed, updated } = shaped<Change>(body)
  const changed = new Map(emotes)
  for (const { old_value } of entriesOf(pulled)) changed.delete(nameOf(old_value))
  for (const { old_value, value } of [...entriesOf(pushed), ...entriesOf(updated)]) {
    const before = changed.get(nameOf(old_value))
    changed.delete(nameOf(old_value))
    const [word, emote] = readEntry(value) ?? [wordOf(nameOf(value)), before]
    if (word !== undefined && emote !== undefined && changed.size < MAX_SET) changed.set(word, emote)
  }
  return changed
}

const entriesOf = (value: unknown) => list(value).map((entry) => shaped<Foreign<'old_value' | 'value'>>(entry))
/** '' for what is no word, which no emote has. */
const nameOf = (value: unknown) => wordOf(shaped<Entry>(value).name) ?? ''

/** The outer name counts: a channel may have renamed the emote. */
function readEntry(value: unknown): readonly [word: string, emote: Emote] | undefined {
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
