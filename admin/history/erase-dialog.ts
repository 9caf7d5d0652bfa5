import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { Field, TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import type { Panel } from '../state/panel.ts'

export interface EraseDialogProps {
  panel: Panel
  begun: () => void
  onClose: () => void
}

export function EraseDialog({ panel, begun, onClose }: EraseDialogProps): View {
  const abouts = [...panel.abouts.value.values()]
  const platform = useSignal(abouts[0]?.id ?? '')
  const authorId = useSignal('')
  const run = async () => {
    await panel.api.eraseViewer(platform.value, authorId.value.trim())
    panel.toasts.ok(t('The viewer is being erased.'))
    begun()
    onClose()
  }
  const form = useForm(
    run,
    (): Record<string, string> => (authorId.value.trim() === '' ? { authorId: t('Enter the viewer’s id.') } : {}),
  )
  const onChange = (event: Event) => {
    platform.value = (event.currentTarget as HTMLSelectElement).value
  }
  return h(
    Dialog,
    { id: 'erase', title: t('Erase a viewer?'), onClose },
    html`<p class="muted">${t('Their messages leave every transcript, search and file, also of the running stream. This cannot be undone.')}</p>`,
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(Field, {
          id: 'erase-platform',
          label: t('Platform'),
          control: (tied) => html`
            <select ...${tied} value=${platform.value} onChange=${onChange}>${abouts.map(({ id, label }) => html`<option value=${id}>${label}</option>`)}</select>
          `,
        })}
        ${h(TextField, {
          id: 'erase-author',
          label: t('Id of the viewer'),
          hint: t('The platform’s own, as in the column author_id of a CSV export. Names change; ids do not.'),
          value: authorId.value,
          onText: (text) => {
            authorId.value = text
          },
          error: form.fields.value.authorId,
          input: { autocomplete: 'off', spellcheck: false, maxlength: 200 },
        })}
        ${h(FormError, { form })}
        ${h(Button, { label: t('Erase viewer'), tone: 'danger', submit: true, off: form.busy.value })}
      </form>
    `,
  )
}
