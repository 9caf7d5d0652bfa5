import { useSignal } from '@preact/signals'
import { CirclePlay, CircleStop } from 'lucide'
import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { clock } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { EndDialog } from './end-dialog.ts'
import { StartDialog } from './start-dialog.ts'

/** Start, or the clock and End. It is one button that changes, so that the focus stays on it. */
export function StreamButton({ panel }: { panel: Panel }): View {
  const { live, startedAt } = panel.feed.value.stream
  const asking = useSignal<'start' | 'end' | null>(null)
  const onClose = () => {
    asking.value = null
  }
  // Whoever else answered: the other question is not asked instead.
  useEffect(onClose, [live])
  const may = panel.works.may('owner')
  const now = live ? 'end' : 'start'
  return html`
    ${live && html`<span class="on-air"><span class="light" data-light="air"></span><time>${clock(panel.now.value - (startedAt ?? panel.now.value))}</time></span>`}
    ${
      may &&
      h(Button, {
        label: live ? t('End stream') : t('Start stream'),
        icon: live ? CircleStop : CirclePlay,
        tone: live ? 'danger' : 'primary',
        class: 'button-stream',
        onPress: () => {
          asking.value = now
        },
      })
    }
    ${may && !live && asking.value === 'start' && h(StartDialog, { panel, onClose })}
    ${may && live && asking.value === 'end' && h(EndDialog, { panel, onClose })}
  `
}
