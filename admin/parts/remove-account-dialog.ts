import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { AccountProps } from './account.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { FormError, useForm } from './form.ts'

export function RemoveAccountDialog({ panel, about, view, onClose }: AccountProps & { onClose: () => void }): View {
  const name = view.title ?? view.channel ?? about.label
  const form = useForm(async () => {
    await panel.sources.remove(about.id)
    onClose()
    panel.toasts.ok(t('“{name}” on {platform} is no longer followed.', { name, platform: about.label }))
    // What had the focus is gone with the account.
    requestAnimationFrame(() => document.getElementById(`${about.id}-channel`)?.focus())
  })
  return h(
    Dialog,
    { id: 'remove-account', title: t('Remove “{name}”?', { name }), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>${t('CrossChat stops reading this {platform} channel and forgets its settings and saved secrets. What is archived stays.', { platform: about.label })}</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Keep it'), onPress: onClose })}
          ${h(Button, { label: t('Remove “{name}”', { name }), tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
