import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { FormError, useForm } from './form.ts'

export interface RotateDialogProps {
  panel: Panel
  overlay: OverlayView
  onClose: () => void
}

export function RotateDialog({ panel, overlay, onClose }: RotateDialogProps): View {
  const form = useForm(async () => {
    await panel.api.rotateOverlay(overlay.id)
    await panel.overlays.load()
    onClose()
    panel.toasts.ok(t('The overlay has a new address. Put it into OBS.'))
  })
  return h(
    Dialog,
    { id: 'rotate', title: t('Make a new address?'), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>${t('The old address stops working at once: every source in OBS that uses it goes blank until you paste the new one.')}</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Keep the address'), onPress: onClose })}
          ${h(Button, { label: t('Make a new address'), tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
