import { h } from 'preact'
import type { OverlaySettings } from '../../server/look.ts'
import type { Part } from '../words.ts'
import type { EmotePart } from './emote.ts'
import { drawEmote, EmoteStack } from './emote.ts'
import { rare } from './on-demand.ts'
import { tag } from './tag.ts'

/** A message's words. Whatever people wrote becomes text nodes; only listed hosts give pictures. */

type Piece = Exclude<Part, EmotePart> | { type: 'stack'; emotes: EmotePart[] }
type Wishes = Pick<OverlaySettings, 'emotes' | 'thirdPartyEmotes' | 'hideLinks' | 'textMax'>

/** More emotes than this are not drawn large, however alone they stand. */
const MAX_LARGE = 12
/** Emotes that are not the platforms' own, by who provides them. */
const THIRD_PARTY: readonly string[] = ['7tv', 'bttv', 'ffz']
const MASK = '[link]'

export function Text({ parts, settings }: { parts: readonly Part[]; settings: Wishes }) {
  const wished = parts.flatMap((part) => asWished(part, settings))
  const cut = (settings.textMax > 0 && rare()?.cutText(wished, settings.textMax)) || wished
  return tag(
    'bdi',
    'text',
    null,
    pieces(cut).map((piece, i) => drawPiece(piece, i, settings)),
  )
}

/** Nothing but a handful of emotes: drawn at twice the size. */
export function isEmoteOnly(parts: readonly Part[]): boolean {
  const words = parts.filter((part) => part.type !== 'text' || part.text.trim() !== '')
  return words.length > 0 && words.length <= MAX_LARGE && words.every((part) => part.type === 'emote')
}

function asWished(part: Part, { emotes, thirdPartyEmotes, hideLinks }: Wishes): Part[] {
  if (part.type === 'emote') {
    const left = THIRD_PARTY.includes(part.provider) && !thirdPartyEmotes.some((name) => name === part.provider)
    return [left || emotes === 'text' ? { type: 'text', text: part.text } : part]
  }
  if (part.type !== 'link' || hideLinks === 'show') return [part]
  return hideLinks === 'hide' ? [] : [{ ...part, text: MASK }]
}

function drawPiece(piece: Piece, key: number, { emotes }: Wishes) {
  switch (piece.type) {
    case 'stack':
      return h(EmoteStack, { emotes: piece.emotes, still: emotes === 'static', key })
    case 'mention':
    case 'link':
      // Of a direction of its own: a name at the beginning does not turn the message round.
      return tag('span', piece.type, { key, dir: 'auto' }, piece.text)
    case 'cheer':
      return tag('span', 'cheer', { key }, ...drawCheer(piece))
    default:
      return piece.text
  }
}

function drawCheer({ text, url, bits }: Extract<Part, { type: 'cheer' }>) {
  if (url === undefined) return [text]
  return [drawEmote(text, url, 'cheer'), h('b', null, bits)]
}

/** Gathers zero-width emotes onto the emote before them, over the blank between. */
function pieces(parts: readonly Part[]): Piece[] {
  const made: Piece[] = []
  for (const part of parts) {
    if (part.type !== 'emote') made.push(part)
    else if (!part.zeroWidth || !lay(made, part)) made.push({ type: 'stack', emotes: [part] })
  }
  return made
}

function lay(made: Piece[], over: EmotePart): boolean {
  const last = made[made.length - 1]
  const blank = last?.type === 'text' && last.text.trim() === ''
  const under = blank ? made[made.length - 2] : last
  if (under?.type !== 'stack') return false
  under.emotes.push(over)
  if (blank) made.pop()
  return true
}
