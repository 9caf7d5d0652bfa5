import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { passwordComplaint } from '../../server/password-rule.ts'
import { html, type View } from '../html.ts'
import { t, told } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Outside } from '../parts/outside.ts'
import { PasswordField } from '../parts/password-field.ts'
import { passwordHint } from '../state/credentials.ts'
import type { Panel } from '../state/panel.ts'

/** For whoever got a link from the owner of the instance. */
export function Reset({ panel, token }: { panel: Panel; token: string }): View {
  useTitle(t('New password'))
  const password = useSignal('')
  const form = useForm(
    async () => {
      await panel.api.resetPassword(token, password.value)
      panel.toasts.ok(t('The new password holds. Sign in with it.'))
      location.hash = '#/login'
    },
    (): Record<string, string> => {
      const complaint = passwordComplaint(password.value)
      return complaint === null ? {} : { password: told(complaint) }
    },
  )
  return h(
    Outside,
    {
      panel,
      title: t('New password'),
      lead: t('Choose a new password. All sessions of the account end, and you sign in with it.'),
    },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(PasswordField, {
          id: 'reset-password',
          label: t('New password'),
          hint: form.fields.value.password === undefined ? passwordHint(password.value) : undefined,
          value: password.value,
          onText: (text) => {
            password.value = text
          },
          error: form.fields.value.password,
          autocomplete: 'new-password',
        })}
        ${h(FormError, { form })}
        ${h(Button, { label: t('Take this password'), tone: 'primary', submit: true, class: 'button-wide', off: form.busy.value || form.wait.value > 0 })}
      </form>
    `,
  )
}
