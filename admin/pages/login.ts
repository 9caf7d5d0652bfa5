import { useSignal } from '@preact/signals'
import { LogIn } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Outside } from '../parts/outside.ts'
import { PasswordField } from '../parts/password-field.ts'
import type { Panel } from '../state/panel.ts'
import { useTitle } from './page.ts'

export function Login({ panel }: { panel: Panel }): View {
  useTitle(t('Sign in'))
  return h(
    Outside,
    { panel, title: t('Sign in'), lead: t('Welcome back.') },
    h(LoginForm, { panel, idPrefix: 'login' }),
    panel.door.value?.registration === 'open' &&
      html`<p class="outside-foot">${t('No account yet?')} <a href="#/register">${t('Make an account')}</a></p>`,
  )
}

export interface LoginFormProps {
  panel: Panel
  idPrefix: string
}

export function LoginForm({ panel, idPrefix }: LoginFormProps): View {
  const username = useSignal(panel.me.peek()?.account.username ?? '')
  const password = useSignal('')
  const form = useForm(
    async () => {
      await panel.api.login({ username: username.value.trim(), password: password.value })
      await panel.enter()
    },
    () => complaintsOf(username.value, password.value),
  )
  return html`
    <form class="form" onSubmit=${form.onSubmit} novalidate>
      ${h(TextField, {
        id: `${idPrefix}-username`,
        label: t('User name'),
        value: username.value,
        onText: (text) => {
          username.value = text
        },
        error: form.fields.value.username,
        input: { name: 'username', autocomplete: 'username', autocapitalize: 'none', spellcheck: false },
      })}
      ${h(PasswordField, {
        id: `${idPrefix}-password`,
        label: t('Password'),
        value: password.value,
        onText: (text) => {
          password.value = text
        },
        error: form.fields.value.password,
        autocomplete: 'current-password',
      })}
      ${h(FormError, { form })}
      ${h(Button, {
        label: t('Sign in'),
        icon: LogIn,
        tone: 'primary',
        submit: true,
        class: 'button-wide',
        off: form.busy.value || form.wait.value > 0,
      })}
      <details class="forgot">
        <summary>${t('Forgot the password?')}</summary>
        <p>${tx('Whoever runs the server can set a new one: {command}', { command: html`<code>crosschat reset-password NAME</code>` })}</p>
      </details>
    </form>
  `
}

function complaintsOf(username: string, password: string): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (username.trim() === '') complaints.username = t('Type your user name.')
  if (password === '') complaints.password = t('Type your password.')
  return complaints
}
