import { type Foreign, list, shaped } from '../foreign.ts'
import { type Emote, gather, safeId, wordOf } from './emote.ts'
import type { Provider } from './provider.ts'

/** BetterTTV: its list of global emotes, and for a channel its own and those shared with it. */

const SERVICES = new Set(['twitch', 'youtube'])
/** Hats and weather: drawn over the emote before. The service does not say so; its own clients know them by name. */
const OVER = new Set(['SoSnowy', 'IceCold', 'SantaHat', 'TopHat', 'ReinDeer', 'CandyCane', 'cvMask', 'cvHazmat'])

type User = Foreign<'channelEmotes' | 'sharedEmotes'>
type Listed = Foreign<'id' | 'code' | 'modifier'>

export const bttv: Provider = {
  name: 'bttv',
  setting: 'bttvUrl',
  global: '/cached/emotes/global',
  channel: (service, id) => (SERVICES.has(service) ? `/cached/users/${service}/${id}` : undefined),
  readGlobal: (answer) => (Array.isArray(answer) ? { emotes: gather(answer, (value) => listed(value, OVER)) } : null),
  readChannel(answer) {
    const { channelEmotes, sharedEmotes } = shaped<User>(answer)
    if (!Array.isArray(channelEmotes) && !Array.isArray(sharedEmotes)) return null
    return { emotes: gather([...list(channelEmotes), ...list(sharedEmotes)], (value) => listed(value)) }
  },
}

function listed(value: unknown, over?: ReadonlySet<string>): readonly [string, Emote] | undefined {
  const { id: sent, code, modifier } = shaped<Listed>(value)
  const id = safeId(sent)
  const word = wordOf(code)
  // A modifier changes the emote behind it and has no meaning as a picture.
  if (id === undefined || word === undefined || modifier === true) return undefined
  const url = `https://cdn.betterttv.net/emote/${id}/2x.webp`
  return [word, { id, provider: 'bttv', url, ...(over?.has(word) && { zeroWidth: true }) }]
}
