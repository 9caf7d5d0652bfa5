import { type ComponentChildren, h } from 'preact'
import { html, type View } from '../html.ts'
import { Brand } from './brand.ts'

/** The frame of the pages for people who are not signed in. */
export function Outside({
  title,
  lead,
  children,
}: {
  title: string
  lead: string
  children?: ComponentChildren
}): View {
  return html`
    <main class="outside" id="main">
      <div class="outside-card">
        <a class="outside-brand" href="/">${h(Brand, { size: 32 })}<span>CrossChat</span></a>
        <h1 id="heading" tabindex="-1">${title}</h1>
        <p class="outside-lead">${lead}</p>
        ${children}
      </div>
    </main>
  `
}
