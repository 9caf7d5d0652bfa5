import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import type { Panel } from '../state/panel.ts'

const MAX_NAME = 50

interface Props {
  panel: Panel
  overlay: OverlayView
  onClose: () => void
}

/** Makes an overlay of that name, or renames the one that is given. */
export function NameDialog({ panel, overlay, onClose }: Omit<Props, 'overlay'> & { overlay?: OverlayView }): View {
  const name = useSignal(overlay?.name ?? '')
  const form = useForm(
    async () => {
      if (overlay === undefined) await panel.api.createOverlay(name.value.trim())
      else await panel.api.renameOverlay(overlay.id, name.value.trim())
      await panel.overlays.load()
      onClose()
    },
    (): Record<string, string> => (name.value.trim() === '' ? { name: 'Give the overlay a name.' } : {}),
  )
  const verb = overlay === undefined ? 'Make overlay' : 'Rename overlay'
  const onText = (text: string) => {
    name.value = text
  }
  const input = { maxlength: MAX_NAME, autocomplete: 'off', autofocus: true }
  const error = form.fields.value.name
  return h(
    Dialog,
    { id: 'name-overlay', title: overlay === undefined ? 'New overlay' : 'Rename overlay', onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(TextField, { id: 'overlay-name', label: 'Name', value: name.value, onText, error, input })}
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: 'Cancel', onPress: onClose })}
          ${h(Button, { label: verb, tone: 'primary', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}

export function DeleteOverlayDialog({ panel, overlay, onClose }: Props): View {
  const form = useForm(async () => {
    await panel.api.deleteOverlay(overlay.id)
    await panel.overlays.load()
    onClose()
  })
  return h(
    Dialog,
    { id: 'delete-overlay', title: `Delete overlay “${overlay.name}”?`, onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>Sources in OBS that use its address go blank at once. Its look and all its versions are gone.</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: 'Keep overlay', onPress: onClose })}
          ${h(Button, { label: `Delete “${overlay.name}”`, tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
