import { h } from 'preact'
import type { WebhookView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { FormError, useForm } from '../parts/form.ts'
import type { Panel } from '../state/panel.ts'

interface Props {
  panel: Panel
  view: WebhookView
  name: string
  onClose: () => void
}

export function DeleteWebhook({ panel, view, name, again, onClose }: Props & { again: () => Promise<void> }): View {
  const form = useForm(async () => {
    await panel.api.deleteWebhook(view.id)
    onClose()
    await again()
  })
  return h(
    Dialog,
    { id: 'delete-webhook', title: `Delete ${name}?`, onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>Nothing more is delivered to it, also not what waits.</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: 'Keep webhook', onPress: onClose })}
          ${h(Button, { label: 'Delete webhook', tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}

export function RotateWebhook({
  panel,
  view,
  name,
  onMade,
  onClose,
}: Props & { onMade: (secret: string) => void }): View {
  const form = useForm(async () => {
    const { secret } = await panel.api.rotateWebhook(view.id)
    onClose()
    if (secret !== undefined) onMade(secret)
  })
  return h(
    Dialog,
    { id: 'rotate-webhook', title: `New secret for ${name}?`, onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>For a day deliveries carry both signatures, so that you can change over at leisure. Then the old secret is worth nothing.</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: 'Keep secret', onPress: onClose })}
          ${h(Button, { label: 'Make new secret', tone: 'primary', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
