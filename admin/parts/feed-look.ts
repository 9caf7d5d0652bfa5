import { useSignal } from '@preact/signals'
import { ALargeSmall } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { useAway } from './away.ts'
import { Button } from './button.ts'
import { ReadingChoices } from './reading-choices.ts'

/** How the feed is to be read: how close, how large, and whether it is read out. */
export function FeedLook({ panel }: { panel: Panel }): View {
  const open = useSignal(false)
  const element = useAway<HTMLDivElement>(open.value, () => {
    open.value = false
  })
  const toggle = () => {
    open.value = !open.value
  }
  return html`
    <div class="menu" ref=${element}>
      ${h(Button, { label: t('How messages look'), icon: ALargeSmall, tone: 'ghost', bare: true, expanded: open.value, onPress: toggle })}
      ${open.value && html`<div class="sheet menu-sheet feed-look">${h(ReadingChoices, { panel })}</div>`}
    </div>
  `
}
