import { Pause, Play, Search } from 'lucide'
import { h } from 'preact'
import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { setPaused } from '../state/feed.ts'
import { type Filter, ROLE_FILTERS } from '../state/filter.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { FeedLook } from './feed-look.ts'
import { Icon } from './icon.ts'
import { Mark } from './mark.ts'

export function FeedTools({ panel }: { panel: Panel }): View {
  return html`
    <div class="feed-tools" role="group" aria-label=${t('Feed')}>
      ${h(FilterBox, { panel })}
      ${h(RoleFilter, { panel })}
      <div class="platform-toggles" role="group" aria-label=${t('Platforms shown')}>
        ${[...panel.abouts.value.values()].map((about) => h(PlatformToggle, { panel, about }))}
      </div>
      ${h(FeedLook, { panel })}
      ${h(PauseButton, { panel })}
    </div>
  `
}

function FilterBox({ panel }: { panel: Panel }): View {
  const { filter } = panel
  const onInput = (event: InputEvent) => {
    filter.value = { ...filter.value, text: (event.currentTarget as HTMLInputElement).value }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    filter.value = { ...filter.value, text: '' }
    ;(event.currentTarget as HTMLElement).blur()
  }
  return html`
    <div class="filter-box">
      ${h(Icon, { icon: Search, size: 16 })}
      <input
        id="filter"
        type="search"
        aria-label=${t('Filter messages')}
        placeholder=${t('Filter messages')}
        autocomplete="off"
        spellcheck=${false}
        aria-keyshortcuts="/"
        value=${filter.value.text}
        onInput=${onInput}
        onKeyDown=${onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  `
}

function PlatformToggle({ panel, about }: { panel: Panel; about: About }): View {
  const { filter } = panel
  const shown = !filter.value.without.has(about.id)
  const toggle = () => {
    const without = new Set(filter.value.without)
    if (shown) without.add(about.id)
    else without.delete(about.id)
    filter.value = { ...filter.value, without }
  }
  return html`
    <button type="button" class=${shown ? 'platform-toggle' : 'platform-toggle platform-out'} aria-pressed=${shown ? 'true' : 'false'} aria-label=${about.label} title=${about.label} onClick=${toggle}>
      ${h(Mark, { id: about.id, about, quiet: true })}
    </button>
  `
}

function RoleFilter({ panel }: { panel: Panel }): View {
  const { filter } = panel
  const onChange = (event: Event) => {
    filter.value = { ...filter.value, role: (event.currentTarget as HTMLSelectElement).value as Filter['role'] }
  }
  return html`
    <select class="role-filter" aria-label=${t('Whose messages')} value=${filter.value.role} onChange=${onChange}>
      ${ROLE_FILTERS.map(({ value, label }) => html`<option value=${value}>${t(label)}</option>`)}
    </select>
  `
}

function PauseButton({ panel }: { panel: Panel }): View {
  const { paused, heldCount } = panel.feed.value
  const toggle = () => {
    panel.feed.value = setPaused(panel.feed.value, !paused)
  }
  if (!paused) return h(Button, { label: t('Pause'), icon: Pause, class: 'button-pause', onPress: toggle })
  const label = heldCount > 0 ? t('{n} new', { n: heldCount }) : t('Go on')
  return h(Button, { label, icon: Play, tone: 'primary', class: 'button-pause', onPress: toggle })
}
