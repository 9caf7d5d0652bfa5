import { type Signal, useSignal } from '@preact/signals'
import { h } from 'preact'
import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { chipConditionOf, sentenceOf } from '../state/condition.ts'
import type { Panel } from '../state/panel.ts'
import { useAway } from './away.ts'
import { Light } from './light.ts'
import { Mark } from './mark.ts'
import { PlatformSheet } from './platform-sheet.ts'

/** One chip a platform: how its source is, and on a press what there is to know and to do. */
export function PlatformChips({ panel }: { panel: Panel }): View | null {
  const open = useSignal<string | null>(null)
  const abouts = [...panel.abouts.value.values()]
  if (abouts.length === 0) return null
  return html`
    <ul class="chips" aria-label=${t('Platforms')}>
      ${abouts.map((about) => h(Chip, { key: about.id, panel, about, open }))}
    </ul>
  `
}

interface ChipProps {
  panel: Panel
  about: About
  /** The platform whose sheet is open. */
  open: Signal<string | null>
  key?: string
}

function Chip({ panel, about, open }: ChipProps): View {
  const isOpen = open.value === about.id
  const close = () => {
    if (open.peek() === about.id) open.value = null
  }
  const toggle = () => {
    open.value = isOpen ? null : about.id
  }
  const element = useAway<HTMLLIElement>(isOpen, close)
  const view = panel.sources.views.value?.get(about.id)
  const condition = chipConditionOf(view, panel.feed.value.lastAt[about.id], panel.now.value)
  const words = sentenceOf(condition)
  const label = `${about.label}: ${words}`
  return html`
    <li class="chip-place" ref=${element}>
      <button type="button" class="chip chip-button" title=${label} aria-label=${label} aria-expanded=${isOpen ? 'true' : 'false'} aria-controls=${isOpen ? `sheet-${about.id}` : undefined} onClick=${toggle}>
        ${h(Mark, { id: about.id, about, quiet: true })}
        ${h(Light, { state: condition.light })}
        <span class="chip-word">${words}</span>
      </button>
      ${isOpen && h(PlatformSheet, { panel, about, view, condition, close })}
    </li>
  `
}
