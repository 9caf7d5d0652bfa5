import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { BoundText } from '../parts/bound.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { FormError, useForm } from '../parts/form.ts'
import { PasswordField } from '../parts/password-field.ts'
import type { Panel } from '../state/panel.ts'

/** Needs the name and the password: a browser that was left open is not enough. */
export function DeleteAccountDialog({ panel, onClose }: { panel: Panel; onClose: () => void }): View {
  const name = panel.me.value?.account.username ?? ''
  const typed = useSignal('')
  const password = useSignal('')
  const form = useForm(
    async () => {
      await panel.api.removeAccount({ username: typed.value, password: password.value })
      onClose()
      panel.me.value = null
      location.hash = '#/login'
      panel.toasts.ok(t('{name} and all that was kept of the channel are gone.', { name }))
    },
    () => complaintsOf(name, typed.value, password.value),
  )
  const { username, password: missing } = form.fields.value
  return h(
    Dialog,
    { id: 'delete-account', title: t('Delete {name} for good?', { name }), onClose },
    html`
      <ul class="consequences">
        <li>${t('Every transcript of your channel is deleted. A stream that runs ends.')}</li>
        <li>${t('Overlays and docks go dark in OBS at once.')}</li>
        <li>${t('Followed chats, rules, invitations, members and API keys of the channel are gone.')}</li>
        <li>${t('This cannot be undone. Export first what you want to keep.')}</li>
      </ul>
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(BoundText, {
          to: typed,
          id: 'delete-account-name',
          label: t('Type “{name}” to confirm', { name }),
          error: username,
          input: { autocomplete: 'off', spellcheck: false },
        })}
        ${h(PasswordField, {
          id: 'delete-account-password',
          label: t('Current password'),
          value: password.value,
          onText: (text) => {
            password.value = text
          },
          error: missing,
          autocomplete: 'current-password',
        })}
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: t('Keep my account'), onPress: onClose })}
          ${h(Button, { label: t('Delete account and channel'), tone: 'danger', submit: true, off: form.busy.value || form.wait.value > 0 })}
        </div>
      </form>
    `,
  )
}

function complaintsOf(name: string, typed: string, password: string): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (typed.trim() !== name) complaints.username = t('Type “{name}” to confirm.', { name })
  if (password === '') complaints.password = t('Type your current password.')
  return complaints
}
