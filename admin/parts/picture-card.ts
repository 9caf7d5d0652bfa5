import { Eye, MonitorOff } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Card } from './card.ts'
import { SlowSwitch } from './slow-switch.ts'

/** What a moderator can do to all overlays at once. */
export function PictureCard({ panel }: { panel: Panel }): View {
  const { panic } = panel.feed.value
  const hold = () => void panel.api.panic(!panic).catch((error: Error) => panel.toasts.failed(error))
  return h(
    Card,
    { id: 'picture', title: t('On the overlays now') },
    html`
      <div class="picture-acts">
        ${h(Button, {
          label: panic ? t('Show chat') : t('Hide overlay now'),
          icon: panic ? Eye : MonitorOff,
          tone: panic ? 'primary' : 'danger',
          onPress: hold,
        })}
        ${h(SlowSwitch, { panel })}
      </div>
    `,
  )
}
