import { Activity, History, type IconNode, KeyRound, MessagesSquare, ShieldCheck } from 'lucide'
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
  /** The end of the label, left out where the places stand in a narrow bar. */
  rest?: string
  icon: IconNode
  /** Pages that belong to this place. */
  pages: readonly Route['page'][]
  /** Only for the owner of the instance. */
  owner?: true
}
const PLACES: readonly Place[] = [
  { route: { page: 'live' }, label: 'Live', icon: MessagesSquare, pages: ['live'] },
  { route: { page: 'history' }, label: 'History', icon: History, pages: ['history', 'stream'] },
  { route: { page: 'moderation' }, label: 'Moderation', icon: ShieldCheck, pages: ['moderation'] },
  { route: { page: 'keys' }, label: 'API keys', icon: KeyRound, pages: ['keys'] },
  { route: { page: 'engine' }, label: 'Engine', rest: ' room', icon: Activity, pages: ['engine'], owner: true },
]

/** What stands around every page of somebody who is signed in. */
export function Shell({ panel, children }: { panel: Panel; children?: ComponentChildren }): View {
  const here = panel.route.value.page
  const owner = panel.me.value?.account.owner === true
  const places = PLACES.filter((place) => owner || !place.owner)
  return html`
    <div class="shell">
      <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
      ${h(TopBar, { panel })}
      <nav class="places" aria-label="Main">${places.map((place) => h(PlaceLink, { place, here }))}</nav>
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
    <a href=${hrefOf(place.route)} aria-current=${current ? 'page' : undefined} title=${`${place.label}${place.rest ?? ''}`}>
      ${h(Icon, { icon: place.icon, size: 20 })}<span>${place.label}${place.rest && html`<span class="places-rest">${place.rest}</span>`}</span>
    </a>
  `
}

/** The fragment belongs to the router, so the skip link moves the focus itself. */
function skip(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
