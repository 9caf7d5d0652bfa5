import type { ComponentChildren } from 'preact'
import { html, type View } from '../html.ts'

export interface CardProps {
  id: string
  title: ComponentChildren
  /** Stands at the end of the head. */
  aside?: ComponentChildren
  class?: string
  children?: ComponentChildren
}

export function Card({ id, title, aside, class: extra = '', children }: CardProps): View {
  return html`
    <section class=${`card ${extra}`} aria-labelledby=${`${id}-card`}>
      <header class="card-head">
        <h2 id=${`${id}-card`}>${title}</h2>
        ${aside}
      </header>
      <div class="card-body">${children}</div>
    </section>
  `
}
