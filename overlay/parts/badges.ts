import { Component, h } from 'preact'
import type { Author } from '../words.ts'
import { byWeight, pictures, type Shown, shownOf, signOf } from './badge-kinds.ts'
import { html } from './html.ts'

/** What somebody is, as pictures or as words; a row carries the weightiest few. */

interface Props {
  author: Author
  first: boolean
  look: 'text' | 'image' | 'none'
  most: number
}

export function Badges({ author, first, look, most }: Props) {
  if (look === 'none') return null
  const roles = author.roles.map((role) => shownOf(role, role, null)).sort(byWeight)
  const all =
    look === 'image'
      ? pictures(author).map((shown) => h(Badge, { ...shown, key: shown.name }))
      : roles.map(({ name }) => pill(name, name === 'verified' ? '✓' : name.toUpperCase()))
  return (first ? [...all, pill('first', 'FIRST')] : all).slice(0, most)
}

const pill = (name: string, word: string) => html`<i class="cc-badge" data-badge=${name} key=${name}>${word}</i>`

/** The picture, or the sign where there is none or it does not load. */
class Badge extends Component<Shown, { failed: boolean }> {
  override state = { failed: false }

  override render({ name, label, image, weight }: Shown) {
    const src = this.state.failed ? null : image
    const sign = signOf(weight)
    if (src === null && sign === undefined) return null
    const drawn =
      src === null
        ? html`<svg viewBox="0 0 24 24" role="img" aria-label=${label}><path fill-rule="evenodd" d=${sign} /></svg>`
        : html`<img src=${src} alt=${label} decoding="async" referrerpolicy="no-referrer" draggable=${false}
            onError=${() => this.setState({ failed: true })} />`
    return html`<i class="cc-badge" data-badge=${name} data-look=${src === null ? 'sign' : 'picture'}>${drawn}</i>`
  }
}
