import { BadName } from '../platform.ts'

const CHANNEL = /^UC[A-Za-z0-9_-]{22}$/
const HANDLE = /^@[\p{L}\p{N}._·-]{3,30}$/u
const VIDEO = /^[A-Za-z0-9_-]{11}$/
const HOSTS = new Set(['youtube.com', 'www.youtube.com', 'm.youtube.com', 'youtu.be', 'studio.youtube.com'])

/**
 * One of three forms: `UC…`, the id of a channel; `@handle`; `video:…`, the id of one broadcast. Out of any of these, or an address
 * on youtube.com or youtu.be.
 */
export function nameOf(typed: string): string {
  const text = typed.trim()
  const found = ofAddress(text) ?? text
  if (CHANNEL.test(found) || found.startsWith('video:')) return found
  const handle = found.startsWith('@') ? found : `@${found}`
  if (HANDLE.test(handle)) return handle.toLowerCase()
  throw new BadName('Type the channel’s @handle, its address, or the address of the broadcast.')
}

function ofAddress(text: string): string | null {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (!HOSTS.has(url.hostname)) return null
  const [first = '', second = ''] = url.pathname
    .split('/')
    .filter((piece) => piece !== '')
    .map(decoded)
  if (url.hostname === 'youtu.be') return ofVideo(first)
  if (first === 'watch' || first === 'live_chat') return ofVideo(url.searchParams.get('v') ?? '')
  if (['live', 'video', 'embed', 'shorts', 'v'].includes(first)) return ofVideo(second)
  if (first === 'channel') return second
  return first === 'c' || first === 'user' ? `@${second}` : first
}

function ofVideo(id: string): string | null {
  return VIDEO.test(id) ? `video:${id}` : null
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece)
  } catch {
    return piece
  }
}
