import { useSignal } from '@preact/signals'
import { CirclePlay } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { TextField } from './field.ts'
import { FormError, useForm } from './form.ts'

const MAX_TITLE = 140

export function StartDialog({ panel, onClose }: { panel: Panel; onClose: () => void }): View {
  const title = useSignal('')
  const form = useForm(async () => {
    await panel.api.startStream(title.value.trim())
    onClose()
    panel.toasts.ok(t('The stream has started. Messages are archived from now on.'))
  })
  return h(
    Dialog,
    { id: 'start', title: t('Start stream'), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(TextField, {
          id: 'stream-title',
          label: t('Title'),
          hint: t('You find the stream under this name in History. You can change it later.'),
          value: title.value,
          onText: (text) => {
            title.value = text
          },
          error: form.fields.value.title,
          input: {
            maxlength: MAX_TITLE,
            autocomplete: 'off',
            placeholder: t('Friday late-night run'),
            autofocus: true,
          },
        })}
        <p class="muted">${t('Your overlays are cleared, and every message is archived until you end the stream.')}</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Not yet'), onPress: onClose })}
          ${h(Button, { label: t('Start stream'), icon: CirclePlay, tone: 'primary', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
