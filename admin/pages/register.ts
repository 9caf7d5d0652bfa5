import { type Signal, useSignal } from '@preact/signals'
import { UserPlus } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { TextField } from '../parts/field.ts'
import { FormError, type FormState, useForm } from '../parts/form.ts'
import { Outside } from '../parts/outside.ts'
import { PasswordField } from '../parts/password-field.ts'
import { accountComplaints, MIN_PASSWORD, type NewAccount, strength } from '../state/credentials.ts'
import type { Panel } from '../state/panel.ts'
import { useTitle } from './page.ts'

export interface RegisterProps {
  panel: Panel
  /** Opened from the address the server printed: this makes the first account. */
  first: boolean
  token: string | null
}

const LEAD = 'One account, one channel. You can send yourself a test message in a minute.'
const FIRST_LEAD = 'The first account owns this CrossChat. Nothing else needs to be set up.'

export function Register({ panel, first, token }: RegisterProps): View {
  const title = first ? 'Set up CrossChat' : 'Make an account'
  useTitle(title)
  const draft = useSignal<NewAccount>({ username: '', password: '', channel: '' })
  const form = useForm(
    async () => {
      await panel.api.register(bodyOf(draft.value, token))
      await panel.enter()
    },
    () => accountComplaints(draft.value),
  )
  return h(
    Outside,
    { title, lead: first ? FIRST_LEAD : LEAD },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(Inputs, { draft, form })}
        ${h(FormError, { form })}
        ${h(Button, {
          label: 'Make account',
          icon: UserPlus,
          tone: 'primary',
          submit: true,
          class: 'button-wide',
          off: form.busy.value || form.wait.value > 0,
        })}
      </form>
      <p class="outside-foot">Already have one? <a href="#/login">Sign in</a></p>
    `,
  )
}

function Inputs({ draft, form }: { draft: Signal<NewAccount>; form: FormState }): View {
  const set = (change: Partial<NewAccount>) => {
    draft.value = { ...draft.value, ...change }
  }
  const { username, password, channel } = draft.value
  const complaints = form.fields.value
  return html`
    ${h(TextField, {
      id: 'register-username',
      label: 'User name',
      hint: 'You sign in with it.',
      value: username,
      onText: (text) => set({ username: text }),
      error: complaints.username,
      input: { name: 'username', autocomplete: 'username', autocapitalize: 'none', spellcheck: false, maxlength: 32 },
    })}
    ${h(PasswordField, {
      id: 'register-password',
      label: 'Password',
      hint: password === '' ? `At least ${MIN_PASSWORD} characters.` : `This password is ${strength(password)}.`,
      value: password,
      onText: (text) => set({ password: text }),
      error: complaints.password,
      autocomplete: 'new-password',
    })}
    ${h(TextField, {
      id: 'register-channel',
      label: 'Channel name (optional)',
      hint: 'How your channel is called here; your user name if you leave it out.',
      value: channel,
      onText: (text) => set({ channel: text }),
      error: complaints.channel,
      input: { name: 'channel', autocomplete: 'off', maxlength: 50 },
    })}
  `
}

function bodyOf({ username, password, channel }: NewAccount, token: string | null) {
  const name = channel.trim()
  return {
    username: username.trim(),
    password,
    ...(name === '' ? {} : { channel: name }),
    ...(token === null ? {} : { setupToken: token }),
  }
}
