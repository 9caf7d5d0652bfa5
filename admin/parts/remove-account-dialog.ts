import { h } from 'preact'
import { html, type View } from '../html.ts'
import type { AccountProps } from './account.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { FormError, useForm } from './form.ts'

export function RemoveAccountDialog({ panel, about, view, onClose }: AccountProps & { onClose: () => void }): View {
  const name = view.title ?? view.channel ?? about.label
  const form = useForm(async () => {
    await panel.sources.remove(about.id)
    onClose()
    panel.toasts.ok(`“${name}” on ${about.label} is no longer followed.`)
    // What had the focus is gone with the account.
    requestAnimationFrame(() => document.getElementById(`${about.id}-channel`)?.focus())
  })
  return h(
    Dialog,
    { id: 'remove-account', title: `Remove “${name}”?`, onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>CrossChat stops reading this ${about.label} channel and forgets its settings and saved secrets. What is archived stays.</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: 'Keep it', onPress: onClose })}
          ${h(Button, { label: `Remove “${name}”`, tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
