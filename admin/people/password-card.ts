import { useSignal } from '@preact/signals'
import { KeyRound } from 'lucide'
import { h } from 'preact'
import { passwordComplaint } from '../../server/password-rule.ts'
import { html, type View } from '../html.ts'
import { t, told } from '../language/words.ts'
import { CardForm } from '../parts/card-form.ts'
import { useForm } from '../parts/form.ts'
import { PasswordField } from '../parts/password-field.ts'
import { passwordHint } from '../state/credentials.ts'
import type { Panel } from '../state/panel.ts'

export function PasswordCard({ panel }: { panel: Panel }): View {
  const current = useSignal('')
  const next = useSignal('')
  const form = useForm(
    async () => {
      await panel.api.changePassword({ current: current.value, next: next.value })
      current.value = ''
      next.value = ''
      panel.toasts.ok(t('The password is changed. Everywhere else you are signed out.'))
    },
    () => complaintsOf(current.value, next.value),
  )
  const complaint = form.fields.value.next
  return h(
    CardForm,
    { form, title: t('Password'), act: t('Change password'), icon: KeyRound },
    html`<input hidden type="text" autocomplete="username" readonly value=${panel.me.value?.account.username} />`,
    h(PasswordField, {
      id: 'password-current',
      label: t('Current password'),
      value: current.value,
      onText: (text) => {
        current.value = text
      },
      error: form.fields.value.current,
      autocomplete: 'current-password',
    }),
    h(PasswordField, {
      id: 'password-next',
      label: t('New password'),
      hint: complaint === undefined ? hintFor(next.value) : undefined,
      value: next.value,
      onText: (text) => {
        next.value = text
      },
      error: complaint,
      autocomplete: 'new-password',
    }),
  )
}

function hintFor(password: string): string {
  return `${passwordHint(password)} ${t('With a new one you are signed out everywhere else.')}`
}

function complaintsOf(current: string, next: string): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (current === '') complaints.current = t('Type your current password.')
  const complaint = passwordComplaint(next)
  if (complaint !== null) complaints.next = told(complaint)
  return complaints
}
