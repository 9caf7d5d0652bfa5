import { list, shaped, whole } from '../../foreign.ts'
import { safeUrl } from '../../text.ts'
import type { Image, Images } from './payload.ts'

/** The hosts that YouTube's pictures of people, badges, emoji and stickers come from. */
export const HOSTS = ['yt3.ggpht.com', 'yt4.ggpht.com', '*.googleusercontent.com', 'www.gstatic.com', '*.ytimg.com']
/** Pixels; enough for an avatar or emote at twice its size on screen. */
const WIDEST = 96
/** Characters of a picture's address; real ones have about 150. */
const LONGEST = 512

/** The largest picture of at most 96 px, or else the last one; nothing when none comes from a known host. */
export function picture(images: unknown): string | undefined {
  let best: { url: string; width: number } | undefined
  let last: string | undefined
  for (const value of list(shaped<Images>(images).thumbnails)) {
    const image = shaped<Image>(value)
    const url = pictureUrl(image.url)
    const width = whole(image.width) ?? 0
    last = url ?? last
    if (url !== undefined && width > (best?.width ?? 0) && width <= WIDEST) best = { url, width }
  }
  return best?.url ?? last
}

/** Older answers give some pictures as http; the same hosts serve them by https. */
export function pictureUrl(url: unknown): string | undefined {
  return typeof url !== 'string' || url.length > LONGEST ? undefined : safeUrl(url.replace(/^http:/, 'https:'), HOSTS)
}
