import { type ComponentChildren, h } from 'preact'
import { html, type View } from '../html.ts'
import type { Panel } from '../state/panel.ts'
import { Brand } from './brand.ts'
import { LanguageChoice } from './language-choice.ts'

export interface OutsideProps {
  panel: Panel
  title: string
  lead: string
  /** The language is part of what is asked here, and not offered at the foot. */
  asksLanguage?: boolean
  children?: ComponentChildren
}

/** The frame of the pages for people who are not signed in. */
export function Outside({ panel, title, lead, asksLanguage = false, children }: OutsideProps): View {
  return html`
    <main class="outside" id="main">
      <div class="outside-card">
        <a class="outside-brand" href="/">${h(Brand, { size: 32 })}<span>CrossChat</span></a>
        <h1 id="heading" tabindex="-1">${title}</h1>
        <p class="outside-lead">${lead}</p>
        ${children}
      </div>
      ${!asksLanguage && h(LanguageChoice, { panel, quiet: true })}
    </main>
  `
}
