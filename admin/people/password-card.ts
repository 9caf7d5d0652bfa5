import { useSignal } from '@preact/signals'
import { KeyRound } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { FormError, useForm } from '../parts/form.ts'
import { PasswordField } from '../parts/password-field.ts'
import { MIN_PASSWORD, strength } from '../state/credentials.ts'
import type { Panel } from '../state/panel.ts'

export function PasswordCard({ panel }: { panel: Panel }): View {
  const current = useSignal('')
  const next = useSignal('')
  const form = useForm(
    async () => {
      await panel.api.changePassword({ current: current.value, next: next.value })
      current.value = ''
      next.value = ''
      panel.toasts.ok('The password is changed. Everywhere else you are signed out.')
    },
    () => complaintsOf(current.value, next.value),
  )
  const complaint = form.fields.value.next
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      <h2>Password</h2>
      <input hidden type="text" autocomplete="username" readonly value=${panel.me.value?.account.username} />
      ${h(PasswordField, {
        id: 'password-current',
        label: 'Current password',
        value: current.value,
        onText: (text) => {
          current.value = text
        },
        error: form.fields.value.current,
        autocomplete: 'current-password',
      })}
      ${h(PasswordField, {
        id: 'password-next',
        label: 'New password',
        hint: complaint === undefined ? hintFor(next.value) : undefined,
        value: next.value,
        onText: (text) => {
          next.value = text
        },
        error: complaint,
        autocomplete: 'new-password',
      })}
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: 'Change password', icon: KeyRound, tone: 'primary', submit: true, off: form.busy.value || form.wait.value > 0 })}</div>
    </form>
  `
}

function hintFor(password: string): string {
  const words = password === '' ? `At least ${MIN_PASSWORD} characters.` : `This password is ${strength(password)}.`
  return `${words} With a new one you are signed out everywhere else.`
}

function complaintsOf(current: string, next: string): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (current === '') complaints.current = 'Type your current password.'
  if (next.length < MIN_PASSWORD) complaints.next = `Use at least ${MIN_PASSWORD} characters.`
  return complaints
}
