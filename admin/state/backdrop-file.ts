import { t } from '../language/words.ts'

/** What may lie behind the preview as somebody's own picture. It is looked at here and never leaves this browser. */

/** The largest picture that is kept. */
export const MAX_BACKDROP_BYTES = 8 * 1_024 * 1_024
/** The longest side that is shown, px: a small file can hold a picture that fills the memory. */
export const MAX_BACKDROP_SIDE = 8_192
export const BACKDROP_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'] as const
export type BackdropType = (typeof BACKDROP_TYPES)[number]

/** Enough of a file to tell what it is. */
const HEAD_BYTES = 32
/** The file as the picture that its bytes say it is; or why it is none, as a sentence. Its name and its own word do not count. */
export async function asBackdrop(file: Blob): Promise<Blob | { wrong: string }> {
  if (file.size > MAX_BACKDROP_BYTES) {
    return {
      wrong: t('The picture has {size} MiB; up to {most} MiB can be kept. Save it smaller.', {
        size: megabytes(file.size),
        most: megabytes(MAX_BACKDROP_BYTES),
      }),
    }
  }
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  const type = typeOf(head)
  return type === null
    ? { wrong: t('This is no picture that can be shown here. Choose a PNG, JPEG, WebP or AVIF.') }
    : new Blob([file], { type })
}

/** By the first bytes, as the formats' specifications have them. */
export function typeOf(head: Uint8Array): BackdropType | null {
  const text = String.fromCharCode(...head)
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  // ISO base media: a box of the brands that the file is of.
  if (text.slice(4, 8) === 'ftyp' && /avi[fs]/.test(text.slice(8))) return 'image/avif'
  return null
}

/** Rounded up: what is too large does not look as if it fitted. */
const megabytes = (bytes: number) => Math.ceil((bytes / 1_024 / 1_024) * 10) / 10
