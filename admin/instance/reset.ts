import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Outside } from '../parts/outside.ts'
import { PasswordField } from '../parts/password-field.ts'
import { MIN_PASSWORD, strength } from '../state/credentials.ts'
import type { Panel } from '../state/panel.ts'

/** For whoever got a link from the owner of the instance. */
export function Reset({ panel, token }: { panel: Panel; token: string }): View {
  useTitle('New password')
  const password = useSignal('')
  const form = useForm(
    async () => {
      await panel.api.resetPassword(token, password.value)
      panel.toasts.ok('The new password holds. Sign in with it.')
      location.hash = '#/login'
    },
    (): Record<string, string> =>
      password.value.length < MIN_PASSWORD ? { password: `At least ${MIN_PASSWORD} characters.` } : {},
  )
  const said =
    password.value === '' ? `At least ${MIN_PASSWORD} characters.` : `This password is ${strength(password.value)}.`
  return h(
    Outside,
    { title: 'New password', lead: 'Choose a new password. All sessions of the account end, and you sign in with it.' },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(PasswordField, {
          id: 'reset-password',
          label: 'New password',
          hint: form.fields.value.password === undefined ? said : undefined,
          value: password.value,
          onText: (text) => {
            password.value = text
          },
          error: form.fields.value.password,
          autocomplete: 'new-password',
        })}
        ${h(FormError, { form })}
        ${h(Button, { label: 'Take this password', tone: 'primary', submit: true, class: 'button-wide', off: form.busy.value || form.wait.value > 0 })}
      </form>
    `,
  )
}
