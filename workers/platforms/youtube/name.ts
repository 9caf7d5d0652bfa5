import { BadName } from '../platform.ts'

const CHANNEL = /^UC[A-Za-z0-9_-]{22}$/
const HANDLE = /^@[\p{L}\p{M}\p{N}._·-]{3,30}$/u
const VIDEO = /^video:[A-Za-z0-9_-]{11}$/
const HOSTS = new Set(
  ['', 'www.', 'm.', 'music.', 'gaming.', 'studio.'].map((below) => `${below}youtube.com`).concat('youtu.be'),
)
const EMBEDS = 'www.youtube-nocookie.com'
/** First pieces of an address that a video's id follows. */
const OF_VIDEO = new Set(['live', 'video', 'embed', 'shorts', 'v'])
/** Pages of YouTube's own that look like the name of a channel. */
const OWN_PAGES = new Set(['feed', 'results', 'playlist', 'hashtag', 'gaming', 'premium', 'account', 'about', 'post'])

/**
 * One of three forms: `UC…`, the id of a channel; `@handle`; `video:…`, the id of one broadcast. Out of any of these, or an address
 * on youtube.com or youtu.be.
 */
export function nameOf(typed: string): string {
  const text = typed.trim().replace(/^<(.*)>$/, '$1')
  const found = ofAddress(text) ?? decoded(text)
  if (CHANNEL.test(found) || VIDEO.test(found)) return found
  const handle = found.startsWith('@') ? found : `@${found}`
  if (HANDLE.test(handle)) return handle.toLowerCase()
  throw new BadName('Type the channel’s @handle, its address, or the address of the broadcast.')
}

/** What an address on YouTube names, '' where it names nothing to follow; null for what is no address on YouTube. */
function ofAddress(text: string): string | null {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!HOSTS.has(url.hostname) && url.hostname !== EMBEDS) return null
  const [first = '', second = ''] = url.pathname
    .split('/')
    .filter((piece) => piece !== '')
    .map(decoded)
  if (url.hostname === 'youtu.be') return `video:${first}`
  if (first === 'watch' || first === 'live_chat') return `video:${url.searchParams.get('v') ?? ''}`
  if (second === 'live_stream') return url.searchParams.get('channel') ?? ''
  if (OF_VIDEO.has(first)) return `video:${second}`
  if (first === 'channel') return CHANNEL.test(second) ? second : ''
  if (OWN_PAGES.has(first)) return ''
  return first === 'c' || first === 'user' ? `@${second}` : first
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece)
  } catch {
    return piece
  }
}
