import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { StreamView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { TextField } from './field.ts'
import { FormError, useForm } from './form.ts'

const MAX_TITLE = 140

export interface RenameDialogProps {
  panel: Panel
  stream: StreamView
  renamed: (stream: StreamView) => void
  onClose: () => void
}

export function RenameDialog({ panel, stream, renamed, onClose }: RenameDialogProps): View {
  const title = useSignal(stream.title)
  const form = useForm(
    async () => {
      renamed(await panel.api.renameStream(stream.id, title.value.trim()))
      onClose()
    },
    (): Record<string, string> => (title.value.trim() === '' ? { title: t('Give the stream a name.') } : {}),
  )
  return h(
    Dialog,
    { id: 'rename', title: t('Rename stream'), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(TextField, {
          id: 'rename-title',
          label: t('Title'),
          value: title.value,
          onText: (text) => {
            title.value = text
          },
          error: form.fields.value.title,
          input: { maxlength: MAX_TITLE, autocomplete: 'off', autofocus: true },
        })}
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Cancel'), onPress: onClose })}
          ${h(Button, { label: t('Rename stream'), tone: 'primary', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
