import { type Signal, useSignal } from '@preact/signals'
import { UserPlus } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { TextField } from '../parts/field.ts'
import { FormError, type FormState, useForm } from '../parts/form.ts'
import { LanguageChoice } from '../parts/language-choice.ts'
import { Outside } from '../parts/outside.ts'
import { PasswordField } from '../parts/password-field.ts'
import { accountComplaints, type NewAccount, passwordHint } from '../state/credentials.ts'
import type { Panel } from '../state/panel.ts'

export interface RegisterProps {
  panel: Panel
  /** No account exists: this one will own the instance. */
  first: boolean
  /** From the address that the server printed. */
  token: string | null
}

const LEAD: Text = 'One account, one channel. A minute from now you can send yourself a test message.'
const FIRST_LEAD: Text = 'The first account owns this CrossChat. Nothing else needs to be set up.'
const INVITED_LEAD: Text =
  'One registers here with an invitation. Open the link that you were sent, or ask whoever runs this CrossChat for one.'
const CLOSED_LEAD: Text = 'Nobody can register here at the moment. Ask the owner of this instance.'

export function Register({ panel, first, token }: RegisterProps): View {
  const title = first ? t('Set up CrossChat') : t('Make an account')
  useTitle(title)
  const door = panel.door.value
  const closed = !first && door !== null && door.registration !== 'open'
  const shut = door?.registration === 'invite' ? INVITED_LEAD : CLOSED_LEAD
  const lead = closed ? shut : first ? FIRST_LEAD : LEAD
  const tokenWanted = door?.setupToken === true && token === null
  return h(
    Outside,
    { panel, title, lead: t(lead), asksLanguage: first },
    !closed && h(RegisterForm, { panel, token, tokenWanted, asksLanguage: first }),
    !first && html`<p class="outside-foot">${t('Already have an account?')} <a href="#/login">${t('Sign in')}</a></p>`,
  )
}

interface Draft extends NewAccount {
  token: string
}

export interface RegisterFormProps {
  panel: Panel
  token: string | null
  tokenWanted: boolean
  asksLanguage?: boolean
  /** What lets them in; `joins` = it makes them a member of a channel. */
  invite?: { token: string; joins: boolean }
}

export function RegisterForm({ panel, token, tokenWanted, asksLanguage, invite }: RegisterFormProps): View {
  const draft = useSignal<Draft>({ username: '', password: '', channel: '', token: token ?? '' })
  const form = useForm(
    async () => {
      const body = { ...bodyOf(draft.value), ...(invite && { invite: invite.token }) }
      const { channels } = await panel.api.register(body)
      const [own, joined] = channels
      const start = invite?.joins ? (joined ?? own) : own
      if (start !== undefined) panel.works.workIn(start.id)
      await panel.enter()
      location.hash = '#/live'
    },
    () => accountComplaints(draft.value),
  )
  return html`
    <form class="form" onSubmit=${form.onSubmit} novalidate>
      ${asksLanguage && h(LanguageField, { panel })}
      ${tokenWanted && h(TokenField, { draft, form })}
      ${h(Inputs, { draft, form })}
      ${h(FormError, { form })}
      ${h(Button, {
        label: t('Make account'),
        icon: UserPlus,
        tone: 'primary',
        submit: true,
        class: 'button-wide',
        off: form.busy.value || form.wait.value > 0,
      })}
    </form>
  `
}

function LanguageField({ panel }: { panel: Panel }): View {
  return html`
    <div class="field">
      <p class="label">${t('Language')}</p>
      ${h(LanguageChoice, { panel })}
    </div>
  `
}

interface InputsProps {
  draft: Signal<Draft>
  form: FormState
}

/** For whoever did not open the printed address itself. */
function TokenField({ draft, form }: InputsProps): View {
  return h(TextField, {
    id: 'register-token',
    label: t('Set-up token'),
    hint: t('It stands in the output of the server, at the end of the address printed there.'),
    value: draft.value.token,
    onText: (text) => {
      draft.value = { ...draft.value, token: text }
    },
    error: form.fields.value.setupToken,
    input: { autocomplete: 'off', spellcheck: false, maxlength: 100 },
  })
}

function Inputs({ draft, form }: InputsProps): View {
  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change }
  }
  const { username, password, channel } = draft.value
  const complaints = form.fields.value
  return html`
    ${h(TextField, {
      id: 'register-username',
      label: t('User name'),
      hint: t('You sign in with it.'),
      value: username,
      onText: (text) => set({ username: text }),
      error: complaints.username,
      input: { name: 'username', autocomplete: 'username', autocapitalize: 'none', spellcheck: false, maxlength: 32 },
    })}
    ${h(PasswordField, {
      id: 'register-password',
      label: t('Password'),
      hint: complaints.password === undefined ? passwordHint(password) : undefined,
      value: password,
      onText: (text) => set({ password: text }),
      error: complaints.password,
      autocomplete: 'new-password',
    })}
    ${h(TextField, {
      id: 'register-channel',
      label: t('Channel name (optional)'),
      hint: t('How your channel is called here; your user name if you leave it out.'),
      value: channel,
      onText: (text) => set({ channel: text }),
      error: complaints.channel,
      input: { name: 'channel', autocomplete: 'off', maxlength: 50 },
    })}
  `
}

function bodyOf({ username, password, channel, token }: Draft) {
  const [name, setupToken] = [channel.trim(), token.trim()]
  return {
    username: username.trim(),
    password,
    ...(name === '' ? {} : { channel: name }),
    ...(setupToken === '' ? {} : { setupToken }),
  }
}
