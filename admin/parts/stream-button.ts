import { useSignal } from '@preact/signals'
import { CirclePlay, CircleStop } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { clock } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { EndDialog } from './end-dialog.ts'
import { StartDialog } from './start-dialog.ts'

/** Start, or the clock and End. The dialog follows the state, so that an end elsewhere closes it here. */
export function StreamButton({ panel }: { panel: Panel }): View | null {
  const asking = useSignal(false)
  const { live, startedAt } = panel.feed.value.stream
  const ask = () => {
    asking.value = true
  }
  const onClose = () => {
    asking.value = false
  }
  const may = panel.works.may('owner')
  if (!live) {
    if (!may) return null
    return html`
      ${h(Button, { label: t('Start stream'), icon: CirclePlay, tone: 'primary', class: 'button-stream', onPress: ask })}
      ${asking.value && h(StartDialog, { panel, onClose })}
    `
  }
  return html`
    <span class="on-air"><span class="light" data-light="air"></span><time>${clock(panel.now.value - (startedAt ?? panel.now.value))}</time></span>
    ${may && h(Button, { label: t('End stream'), icon: CircleStop, tone: 'danger', class: 'button-stream', onPress: ask })}
    ${may && asking.value && h(EndDialog, { panel, onClose })}
  `
}
