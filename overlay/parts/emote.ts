import { Component, h } from 'preact'
import type { Part } from '../words.ts'
import { html } from './html.ts'
import { allowedImage } from './images.ts'

export type EmotePart = Extract<Part, { type: 'emote' }>

interface Props {
  text: string
  url: string | undefined
  provider: string
  /** Drawn over the emote before it. */
  over?: boolean
}

/** A picture from a listed host, or its code as text where there is none or it does not load. */
export class Emote extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  override render({ text, url, provider, over }: Props) {
    const src = this.state.failed ? null : allowedImage(url)
    if (src === null) return text
    return html`<img class="cc-emote" data-provider=${provider} data-over=${over ? '' : undefined} src=${src} alt=${text}
      decoding="async" referrerpolicy="no-referrer" draggable=${false}
      onError=${() => this.setState({ failed: true })} />`
  }
}

/** An emote and the zero-width ones that lie on it. */
export function EmoteStack({ emotes }: { emotes: readonly EmotePart[] }) {
  const pictures = emotes.map(({ text, url, provider }, i) => h(Emote, { text, url, provider, over: i > 0, key: i }))
  return pictures.length === 1 ? pictures : html`<span class="cc-stack">${pictures}</span>`
}
