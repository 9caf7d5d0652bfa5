import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { Field } from '../parts/field.ts'
import { useForm } from '../parts/form.ts'
import type { Editing } from '../state/look-editing.ts'
import { complaintsOf, MAX_FILE_BYTES, readLookFile } from '../state/look-file.ts'
import type { Pushing } from '../state/look-pushing.ts'
import type { Panel } from '../state/panel.ts'

export interface ImportDialogProps {
  panel: Panel
  editing: Editing
  pushing: Pushing
  onClose: () => void
}

/** A look from a file, or pasted. What is wrong with it is said; then the draft stays as it was. */
export function ImportDialog({ panel, editing, pushing, onClose }: ImportDialogProps): View {
  const text = useSignal('')
  const wrong = useSignal<readonly string[]>([])
  const form = useForm(async () => {
    const read = readLookFile(text.value)
    wrong.value = 'wrong' in read ? [read.wrong] : []
    if ('wrong' in read) return
    try {
      await editing.bring(read.settings)
      onClose()
      panel.toasts.ok(
        pushing.on.value
          ? t('The look is in the draft. It goes on air.')
          : t('The look is in the draft. Publish it to show it on air.'),
      )
    } catch (thrown) {
      const error = asApiError(thrown)
      const complaints = complaintsOf(error.fields)
      wrong.value = complaints.length > 0 ? complaints : [error.message]
    }
  })
  const onFile = async ({ currentTarget }: Event) => {
    const file = (currentTarget as HTMLInputElement).files?.[0]
    if (file === undefined) return
    wrong.value = file.size > MAX_FILE_BYTES ? [t('The file is too large for a look.')] : []
    if (wrong.value.length > 0) return
    try {
      text.value = await file.text()
    } catch {
      wrong.value = [t('The file cannot be read. Choose it once more.')]
    }
  }
  const onInput = ({ currentTarget }: InputEvent) => {
    text.value = (currentTarget as HTMLTextAreaElement).value
  }
  return h(
    Dialog,
    { id: 'import', title: t('Import a look'), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(Field, {
          id: 'import-file',
          label: t('File'),
          control: (tied) => html`<input type="file" accept=".json,application/json" ...${tied} onChange=${onFile} />`,
        })}
        ${h(Field, {
          id: 'import-text',
          label: t('Or its text'),
          control: (tied) =>
            html`<textarea class="css" rows="8" spellcheck=${false} ...${tied} value=${text.value} onInput=${onInput}></textarea>`,
        })}
        <div role="alert">
          ${wrong.value.length > 0 && html`<ul class="form-error">${wrong.value.map((each) => html`<li>${each}</li>`)}</ul>`}
        </div>
        <div class="dialog-foot">
          ${h(Button, { label: t('Cancel'), onPress: onClose })}
          ${h(Button, { label: t('Take it into the draft'), tone: 'primary', submit: true, off: form.busy.value || text.value.trim() === '' })}
        </div>
      </form>
    `,
  )
}
