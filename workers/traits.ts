import type { Draft, Part } from './message.ts'

/** What rules ask of a message besides its words: pure functions. */

export type Said = Draft & { kind: 'message' | 'notice' }

// Labels and an ending of letters, not inside of a word or an address of mail. Bounded, so that no text takes it long.
const BARE_HOST = /(?<![\p{L}\p{N}@._-])((?:[a-z0-9-]{1,63}\.){1,6})([a-z]{2,24})(?![\p{L}\p{N}])(\/)?/giu
/** Endings that make a link of two words with a dot between; with a path behind it, any ending does. */
const ENDINGS = new Set(
  'com net org io tv gg me co xyz ru info online site shop store live link click top club app dev ly eu de uk fr tk ml ga cf gq biz pro cc'.split(
    ' ',
  ),
)
// No digits: they are emoji only with marks behind them.
const EMOJI =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\p{Default_Ignorable_Code_Point}|\s/gu
const BEYOND_ASCII = /[\u0080-\uffff]/
const UPPER = /\p{Lu}/gu
const LETTER = /[\p{Lu}\p{Ll}]/gu

/** The person's own parts: of a notice what they added to it. */
export function ownParts(said: Said): readonly Part[] {
  return said.parts ?? []
}

/** Hosts of all links, also of those that are written without `https://`. */
export function hostsIn(said: Said): string[] {
  return ownParts(said).flatMap((part) => {
    if (part.type === 'link') return URL.canParse(part.url) ? [new URL(part.url).hostname] : []
    return part.type === 'text' ? bareHosts(part.text) : []
  })
}

function bareHosts(text: string): string[] {
  const hosts: string[] = []
  for (const [, labels = '', ending = '', path] of text.includes('.') ? text.matchAll(BARE_HOST) : []) {
    if (path !== undefined || ENDINGS.has(ending.toLowerCase())) hosts.push(`${labels}${ending}`.toLowerCase())
  }
  return hosts
}

/** The host itself, or one below it. */
export function isAllowed(host: string, allowed: readonly string[]): boolean {
  return allowed.some((known) => host === known || host.endsWith(`.${known}`))
}

/** Letters that have a case, and the share of them that are capitals, 0 to 100. Emotes, links and names do not count. */
export function capitals(said: Said): { letters: number; share: number } {
  let letters = 0
  let upper = 0
  for (const part of ownParts(said)) {
    if (part.type !== 'text') continue
    if (BEYOND_ASCII.test(part.text)) {
      letters += part.text.match(LETTER)?.length ?? 0
      upper += part.text.match(UPPER)?.length ?? 0
      continue
    }
    for (let at = 0; at < part.text.length; at++) {
      const unit = part.text.charCodeAt(at)
      if (unit >= 0x41 && unit <= 0x5a) upper++
      else if (unit < 0x61 || unit > 0x7a) continue
      letters++
    }
  }
  return { letters, share: letters === 0 ? 0 : (upper / letters) * 100 }
}

/** Emotes or emoji and nothing else. */
export function isEmoteOnly(said: Said): boolean {
  const parts = ownParts(said)
  return (
    said.text.trim() !== '' &&
    parts.every((part) => part.type === 'emote' || (part.type === 'text' && part.text.replace(EMOJI, '') === ''))
  )
}
