import { type Foreign, idOf, isObject, list, shaped, whole } from '../foreign.ts'
import { safeUrl } from '../text.ts'
import { type Emote, gather, HOSTS, MAX_SET, safeId, wordOf } from './emote.ts'
import type { Provider } from './provider.ts'

/** FrankerFaceZ: sets by number, of which some are for all; a channel's room may bring pictures for two badges. */

type Answer = Foreign<'default_sets' | 'sets' | 'room'>
type Room = Foreign<'mod_urls' | 'vip_badge'>
type Listed = Foreign<'id' | 'name' | 'urls' | 'animated' | 'modifier' | 'modifier_flags'>

/** Modifier flags: an effect on the emote before, without a picture of its own. */
const HIDDEN = 1

export const ffz: Provider = {
  name: 'ffz',
  setting: 'ffzUrl',
  global: '/set/global',
  channel: (service, id) => (service === 'twitch' ? `/room/id/${id}` : undefined),
  readGlobal(answer) {
    const { default_sets, sets } = shaped<Answer>(answer)
    if (!isObject(sets)) return null
    return { emotes: emotesOf(list(default_sets).map((set) => shaped<Foreign>(sets)[idOf(set) ?? ''])) }
  },
  readChannel(answer) {
    const { sets, room } = shaped<Answer>(answer)
    if (!isObject(sets)) return null
    return { emotes: emotesOf(Object.values(sets)), badges: badgesOf(shaped<Room>(room)) }
  },
}

function emotesOf(sets: readonly unknown[]): Map<string, Emote> {
  const emotes = new Map<string, Emote>()
  for (const set of sets.slice(0, MAX_SET)) gather(list(shaped<Foreign<'emoticons'>>(set).emoticons), listed, emotes)
  return emotes
}

function listed(value: unknown): readonly [string, Emote] | undefined {
  const { id: sent, name, urls, animated, modifier, modifier_flags } = shaped<Listed>(value)
  const id = safeId(sent)
  const word = wordOf(name)
  const hidden = modifier === true && ((whole(modifier_flags) ?? 0) & HIDDEN) === HIDDEN
  if (id === undefined || word === undefined || hidden) return undefined
  const moving = isObject(animated)
  const scale = Object.hasOwn(shaped<Foreign>(moving ? animated : urls), '2') ? 2 : 1
  const url = `https://cdn.frankerfacez.com/emote/${id}/${moving ? `animated/${scale}.webp` : scale}`
  return [word, { id, provider: 'ffz', url, ...(modifier === true && { zeroWidth: true }) }]
}

function badgesOf({ mod_urls, vip_badge }: Room): Map<string, string> {
  const badges = new Map<string, string>()
  for (const [id, urls] of [
    ['moderator/1', mod_urls],
    ['vip/1', vip_badge],
  ] as const) {
    const { '2': larger, '1': plain } = shaped<Foreign<'1' | '2'>>(urls)
    const url = safeUrl(larger, HOSTS) ?? safeUrl(plain, HOSTS)
    if (url !== undefined) badges.set(id, url)
  }
  return badges
}
