import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { FeedCard } from '../parts/feed-card.ts'
import { Segments } from '../parts/field.ts'
import { NotArchived } from '../parts/not-archived.ts'
import { OverlayCard } from '../parts/overlay-card.ts'
import { PictureBar } from '../parts/picture-bar.ts'
import { SimulatorCard } from '../parts/simulator-card.ts'
import { StreamCard } from '../parts/stream-card.ts'
import type { Panel } from '../state/panel.ts'
import { useTitle } from './page.ts'

const TABS = [
  { value: 'chat', label: 'Chat' },
  { value: 'obs', label: 'OBS' },
  { value: 'simulator', label: 'Simulator' },
  { value: 'stream', label: 'Stream' },
] as const
type Tab = (typeof TABS)[number]['value']
/** Addresses with keys, and messages that nobody wrote. */
const OWNERS: readonly Tab[] = ['obs', 'simulator']

/** Two columns on a wide screen. On a narrow one the same cards, one at a time. */
export function Live({ panel }: { panel: Panel }): View {
  useTitle('Live')
  const tab = useSignal<Tab>('chat')
  const owner = panel.works.may('owner')
  const pick = (value: Tab) => {
    tab.value = value
  }
  return html`
    <h1 class="unseen" id="heading" tabindex="-1">Live</h1>
    <div class="live" data-tab=${tab.value}>
      ${h(Segments<Tab>, { label: 'Part of the page', options: owner ? TABS : TABS.filter(({ value }) => !OWNERS.includes(value)), value: tab.value, onPick: pick, class: 'live-tabs' })}
      <div class="live-main">
        ${h(NotArchived, { panel })}
        ${h(PictureBar, { panel })}
        ${h(FeedCard, { panel })}
      </div>
      <div class="live-side">
        ${h(StreamCard, { panel })}
        ${owner && h(OverlayCard, { panel })}
        ${owner && h(SimulatorCard, { panel })}
      </div>
    </div>
  `
}
