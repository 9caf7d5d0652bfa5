import { useSignal } from '@preact/signals'
import {
  Activity,
  Contact,
  Ellipsis,
  History,
  type IconNode,
  KeyRound,
  Layers,
  MessagesSquare,
  PanelRight,
  Server,
  Settings,
  ShieldCheck,
  Users,
  Webhook,
} from 'lucide'
import { type ComponentChildren, Fragment, h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { hrefOf, type Route } from '../router.ts'
import type { Panel } from '../state/panel.ts'
import { neededFor } from '../state/roles.ts'
import { useAway } from './away.ts'
import { BuildBar } from './build-bar.ts'
import { Icon } from './icon.ts'
import { LineBar } from './line-bar.ts'
import { TopBar } from './top-bar.ts'

interface Place {
  route: Route
  label: Text
  icon: IconNode
  /** Pages that belong to this place. */
  pages: readonly Route['page'][]
  /** Where the places stand in a narrow bar, it is found under More. */
  further?: true
  /** Only for the owner of the instance. */
  owner?: true
}
const PLACES: readonly Place[] = [
  { route: { page: 'live' }, label: 'Live', icon: MessagesSquare, pages: ['live'] },
  { route: { page: 'history' }, label: 'History', icon: History, pages: ['history', 'stream'] },
  { route: { page: 'overlays' }, label: 'Overlays', icon: Layers, pages: ['overlays', 'overlay'] },
  { route: { page: 'moderation', part: null }, label: 'Moderation', icon: ShieldCheck, pages: ['moderation'] },
  { route: { page: 'accounts', platform: null }, label: 'Accounts', icon: Users, pages: ['accounts'], further: true },
  { route: { page: 'docks' }, label: 'Docks', icon: PanelRight, pages: ['docks'], further: true },
  { route: { page: 'keys' }, label: 'API keys', icon: KeyRound, pages: ['keys'], further: true },
  { route: { page: 'webhooks' }, label: 'Webhooks', icon: Webhook, pages: ['webhooks'], further: true },
  { route: { page: 'people' }, label: 'People', icon: Contact, pages: ['people'], further: true },
  { route: { page: 'settings' }, label: 'Settings', icon: Settings, pages: ['settings'], further: true },
  { route: { page: 'instance' }, label: 'Instance', icon: Server, pages: ['instance'], further: true, owner: true },
  { route: { page: 'engine' }, label: 'Engine room', icon: Activity, pages: ['engine'], further: true, owner: true },
]

/** What stands around every page of somebody who is signed in. */
export function Shell({ panel, children }: { panel: Panel; children?: ComponentChildren }): View {
  const here = panel.route.value.page
  const owner = panel.me.value?.account.owner === true
  const places = PLACES.filter((place) => (owner || !place.owner) && panel.works.may(neededFor(place.route.page)))
  const further = places.filter((place) => place.further)
  return html`
    <div class="shell">
      <a class="skip" href="#main" onClick=${skip}>${t('Skip to the content')}</a>
      ${h(TopBar, { panel })}
      <nav class="places" aria-label=${t('Main')}>
        ${places.filter((place) => !place.further).map((place) => h(PlaceLink, { place, here }))}
        ${h(More, { places: further, here })}
      </nav>
      <main id="main" tabindex="-1" data-page=${here}>
        ${h(LineBar, { panel })}
        ${h(BuildBar, { panel })}
        ${h(Fragment, { key: panel.works.here.value?.id }, children)}
      </main>
    </div>
  `
}

function PlaceLink({ place, here }: { place: Place; here: Route['page'] }): View {
  const current = place.pages.includes(here)
  return html`
    <a href=${hrefOf(place.route)} aria-current=${current ? 'page' : undefined} title=${t(place.label)}>
      ${h(Icon, { icon: place.icon, size: 20 })}<span>${t(place.label)}</span>
    </a>
  `
}

/** In a narrow bar a button with a sheet; anywhere else only its links are seen, as all the others. */
function More({ places, here }: { places: readonly Place[]; here: Route['page'] }): View {
  const open = useSignal(false)
  const close = () => {
    open.value = false
  }
  const element = useAway<HTMLDivElement>(open.value, close)
  const toggle = () => {
    open.value = !open.value
  }
  const current = places.some((place) => place.pages.includes(here))
  return html`
    <div class="places-more" data-open=${open.value ? '' : undefined} ref=${element}>
      <button type="button" class="places-button" aria-expanded=${open.value ? 'true' : 'false'} data-current=${current ? '' : undefined} onClick=${toggle}>
        ${h(Icon, { icon: Ellipsis, size: 20 })}<span>${t('More')}</span>
      </button>
      <div class="places-further" onClick=${close}>${places.map((place) => h(PlaceLink, { place, here }))}</div>
    </div>
  `
}

/** The fragment belongs to the router, so the skip link moves the focus itself. */
function skip(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
