import { h } from 'preact'
import type { Part } from '../words.ts'
import { rare } from './on-demand.ts'
import { Picture } from './picture.ts'
import { tag } from './tag.ts'

export type EmotePart = Extract<Part, { type: 'emote' }>

/** An emote and the zero-width ones that lie on it; `still` = without motion, where the host keeps such pictures. */
export function EmoteStack({ emotes, still }: { emotes: readonly EmotePart[]; still: boolean }) {
  const pictures = emotes.map(({ text, url, provider }, i) => {
    const address = (still && rare()?.stillAddress(url)) || url
    return drawEmote(text, address, provider, i)
  })
  return pictures.length === 1 ? pictures : tag('span', 'stack', null, pictures)
}

/** The picture, or its code as text; all but the first of a stack lie over it. */
export function drawEmote(text: string, address: string, provider: string, at = 0) {
  const draw = (picture: unknown) => picture ?? text
  return h(Picture, { address, alt: text, provider, over: at > 0, class: 'emote', draw, key: at })
}
