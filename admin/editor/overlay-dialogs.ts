import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { focusOnHeading } from '../pages/page.ts'
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
    (): Record<string, string> => (name.value.trim() === '' ? { name: t('Give the overlay a name.') } : {}),
  )
  const verb = overlay === undefined ? t('Make overlay') : t('Rename overlay')
  const onText = (text: string) => {
    name.value = text
  }
  const input = { maxlength: MAX_NAME, autocomplete: 'off', autofocus: true }
  const error = form.fields.value.name
  return h(
    Dialog,
    { id: 'name-overlay', title: overlay === undefined ? t('New overlay') : t('Rename overlay'), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(TextField, { id: 'overlay-name', label: t('Name'), value: name.value, onText, error, input })}
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Cancel'), onPress: onClose })}
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
    focusOnHeading()
  })
  return h(
    Dialog,
    { id: 'delete-overlay', title: t('Delete overlay “{name}”?', { name: overlay.name }), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>${t('Sources in OBS that use its address go blank at once. Its look and all its versions are gone.')}</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Keep overlay'), onPress: onClose })}
          ${h(Button, { label: t('Delete “{name}”', { name: overlay.name }), tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
