import { History, type IconNode, KeyRound, MessagesSquare, ShieldCheck } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import { html, type View } from '../html.ts'
import { hrefOf, type Route } from '../router.ts'
import type { Panel } from '../state/panel.ts'
import { BuildBar } from './build-bar.ts'
import { Icon } from './icon.ts'
import { LineBar } from './line-bar.ts'
import { TopBar } from './top-bar.ts'

interface Place {
  route: Route
  label: string
  icon: IconNode
  /** Pages that belong to this place. */
  pages: readonly Route['page'][]
}
const PLACES: readonly Place[] = [
  { route: { page: 'live' }, label: 'Live', icon: MessagesSquare, pages: ['live'] },
  { route: { page: 'history' }, label: 'History', icon: History, pages: ['history', 'stream'] },
  { route: { page: 'moderation' }, label: 'Moderation', icon: ShieldCheck, pages: ['moderation'] },
  { route: { page: 'keys' }, label: 'API keys', icon: KeyRound, pages: ['keys'] },
]

/** What stands around every page of somebody who is signed in. */
export function Shell({ panel, children }: { panel: Panel; children?: ComponentChildren }): View {
  const here = panel.route.value.page
  return html`
    <div class="shell">
      <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
      ${h(TopBar, { panel })}
      <nav class="places" aria-label="Main">${PLACES.map((place) => h(PlaceLink, { place, here }))}</nav>
      <main id="main" tabindex="-1" data-page=${here}>
        ${h(LineBar, { panel })}
        ${h(BuildBar, { panel })}
        ${children}
      </main>
    </div>
  `
}

function PlaceLink({ place, here }: { place: Place; here: Route['page'] }): View {
  const current = place.pages.includes(here)
  return html`
    <a href=${hrefOf(place.route)} aria-current=${current ? 'page' : undefined} title=${place.label}>
      ${h(Icon, { icon: place.icon, size: 20 })}<span>${place.label}</span>
    </a>
  `
}

/** The fragment belongs to the router, so the skip link moves the focus itself. */
function skip(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
