import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { FeedCard } from '../parts/feed-card.ts'
import { Segments } from '../parts/field.ts'
import { Later } from '../parts/later.ts'
import { type LiveMore, liveMore } from '../parts/live-more.ts'
import { NotArchived } from '../parts/not-archived.ts'
import { useOnDemand } from '../parts/on-demand.ts'
import { OverlayCard } from '../parts/overlay-card.ts'
import { PictureBar } from '../parts/picture-bar.ts'
import { QueueBar } from '../parts/queue-bar.ts'
import { StreamCard } from '../parts/stream-card.ts'
import type { LiveTab } from '../state/desk.ts'
import type { Panel } from '../state/panel.ts'
import { useTitle } from './page.ts'

const TABS: readonly { value: LiveTab; label: Text }[] = [
  { value: 'chat', label: 'Chat' },
  { value: 'start', label: 'Start' },
  { value: 'stream', label: 'Stream' },
  { value: 'obs', label: 'OBS' },
  { value: 'simulator', label: 'Simulator' },
]
/** Addresses with keys, and messages that nobody wrote. */
const OWNERS: readonly LiveTab[] = ['start', 'obs', 'simulator']

/** Two columns on a wide screen. On a narrow one the same cards, one at a time. */
export function Live({ panel }: { panel: Panel }): View {
  useTitle(t('Live'))
  const { tab, opened } = panel.desk
  useEffect(
    () => () => {
      opened.value = null
    },
    [],
  )
  const owner = panel.works.may('owner')
  const hidden = panel.checklist.kept.value.hidden
  const options = TABS.filter(({ value }) => (owner || !OWNERS.includes(value)) && !(hidden && value === 'start'))
  const shown = options.some(({ value }) => value === tab.value) ? tab.value : 'chat'
  const pick = (value: LiveTab) => {
    tab.value = value
  }
  return html`
    <h1 class="unseen" id="heading" tabindex="-1">${t('Live')}</h1>
    <div class="live" data-tab=${shown}>
      ${h(Segments<LiveTab>, { label: t('Part of the page'), options: options.map(({ value, label }) => ({ value, label: t(label) })), value: shown, onPick: pick, class: 'live-tabs' })}
      <div class="live-main">
        ${h(NotArchived, { panel })}
        ${h(Later<LiveMore>, { fetch: liveMore, draw: ({ StillStreaming }) => h(StillStreaming, { panel }) })}
        ${h(PictureBar, { panel })}
        ${h(QueueBar, { panel })}
        ${h(FeedCard, { panel })}
      </div>
      ${h(Side, { panel, owner })}
    </div>
    ${opened.value && h(Later<LiveMore>, { fetch: liveMore, draw: ({ OverRow }) => h(OverRow, { panel }) })}
  `
}

/** What comes later stands in its place among what is there. */
function Side({ panel, owner }: { panel: Panel; owner: boolean }): View {
  const { module } = useOnDemand(liveMore)
  const more = module.value === 'failed' ? null : module.value
  return html`
    <div class="live-side">
      ${more && h(more.FeaturedCard, { panel })}
      ${owner && more && h(more.Checklist, { panel })}
      ${h(StreamCard, { panel })}
      ${more && h(more.ChattersCard, { panel })}
      ${more && h(more.MomentsCard, { panel })}
      ${more && h(more.LogCard, { panel })}
      ${owner && h(OverlayCard, { panel })}
      ${owner && more && h(more.SimulatorCard, { panel })}
    </div>
  `
}
