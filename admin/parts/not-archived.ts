import { useSignal } from '@preact/signals'
import { Archive, CirclePlay, Radio } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { obsIsStreaming } from '../state/obs.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'
import { StartDialog } from './start-dialog.ts'

/** Says that what is seen here is not kept, while that is so. */
export function NotArchived({ panel }: { panel: Panel }): View | null {
  const { stream, epoch } = panel.feed.value
  return stream.live || epoch === null ? null : h(Bar, { panel })
}

/** Gone with its question once a stream runs, whoever started it. */
function Bar({ panel }: { panel: Panel }): View {
  const starting = useSignal(false)
  const set = (open: boolean) => () => {
    starting.value = open
  }
  const onAir = obsIsStreaming(panel.feed.value.status)
  const start = { label: t('Start stream'), icon: CirclePlay, onPress: set(true) }
  return html`
    <div class="not-archived" data-on-air=${onAir ? '' : undefined}>
      ${h(Icon, { icon: onAir ? Radio : Archive })}
      <p>${onAir ? t('OBS is streaming, and no stream runs here. Messages are shown but not archived.') : t('No stream running. Messages are shown but not archived.')}</p>
      ${panel.works.may('owner') && h(Button, onAir ? { ...start, tone: 'primary' } : start)}
      ${starting.value && h(StartDialog, { panel, onClose: set(false) })}
    </div>
  `
}
