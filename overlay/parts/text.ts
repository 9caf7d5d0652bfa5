import { h } from 'preact'
import type { Part } from '../words.ts'
import type { EmotePart } from './emote.ts'
import { Emote, EmoteStack } from './emote.ts'
import { html } from './html.ts'

/** A message's words. Whatever people wrote becomes text nodes; only listed hosts give pictures. */

type Piece = Exclude<Part, EmotePart> | { type: 'stack'; emotes: EmotePart[] }

/** More emotes than this are not drawn large, however alone they stand. */
const MAX_LARGE = 12

export function Text({ parts }: { parts: readonly Part[] }) {
  return html`<bdi class="cc-text">${pieces(parts).map(drawPiece)}</bdi>`
}

/** Nothing but a handful of emotes: drawn at twice the size. */
export function isEmoteOnly(parts: readonly Part[]): boolean {
  const words = parts.filter((part) => part.type !== 'text' || part.text.trim() !== '')
  return words.length > 0 && words.length <= MAX_LARGE && words.every((part) => part.type === 'emote')
}

function drawPiece(piece: Piece, i: number) {
  switch (piece.type) {
    case 'stack':
      return h(EmoteStack, { emotes: piece.emotes, key: i })
    case 'mention':
      return html`<span class="cc-mention" key=${i}>${piece.text}</span>`
    case 'link':
      return html`<span class="cc-link" key=${i}>${piece.text}</span>`
    case 'cheer':
      return html`<span class="cc-cheer" key=${i}>${drawCheer(piece)}</span>`
    default:
      return piece.text
  }
}

function drawCheer({ text, url, bits }: Extract<Part, { type: 'cheer' }>) {
  if (url === undefined) return text
  return [h(Emote, { text, url, provider: 'cheer', key: 'picture' }), html`<b key="bits">${bits}</b>`]
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
