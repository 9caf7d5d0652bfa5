import { useSignal } from '@preact/signals'
import { Check } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { InvitedView, MeView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { LoginForm } from '../pages/login.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Outside } from '../parts/outside.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { RegisterForm } from './register.ts'
import { type MemberRole, ROLE_MEANS } from './roles.ts'

const INVITES = {
  moderator: '{name} invites you to be a moderator of this channel.',
  viewer: '{name} invites you to be a viewer of this channel.',
} as const satisfies Record<MemberRole, string>

export interface InvitedProps {
  panel: Panel
  token: string
  key?: string
}

/** Where an invitation leads: for people with an account and without. */
export function Invited({ panel, token }: InvitedProps): View {
  useTitle(t('Invitation'))
  const invited = useMemo(() => new Resource<InvitedView>(() => panel.api.lookAtInvite(token)), [token])
  useEffect(() => void invited.load(), [token])
  const loaded = invited.now.value
  if (loaded.state === 'ready') return h(Open, { panel, token, invited: loaded.value })
  return h(
    Outside,
    {
      panel,
      title: t('Invitation'),
      lead: loaded.state === 'loading' ? t('One moment.') : t('This link opens nothing.'),
    },
    loaded.state === 'loading'
      ? h(Skeleton, { rows: 3 })
      : h(Failed, { what: '', error: loaded.error, again: () => void invited.load() }),
    html`<p class="outside-foot"><a href="#/live">${t('Go to CrossChat')}</a></p>`,
  )
}

interface OpenProps {
  panel: Panel
  token: string
  invited: InvitedView
}

function Open({ panel, token, invited }: OpenProps): View {
  const { channel, role, by } = invited
  const title = channel === null ? t('You are invited') : t('Work in {channel}', { channel })
  const lead =
    channel === null || role === null
      ? t('{name} invites you to CrossChat, with a channel of your own.', { name: by })
      : t(INVITES[role], { name: by })
  return h(
    Outside,
    { panel, title, lead },
    role !== null && html`<p class="invited-means">${t(ROLE_MEANS[role])}</p>`,
    panel.me.value ? h(Accept, { panel, token, invited }) : h(Enter, { panel, token, invited }),
  )
}

/** For whoever is signed in. */
function Accept({ panel, token, invited }: OpenProps): View {
  const form = useForm(async () => arrive(panel, await panel.api.acceptInvite(token)))
  const me = panel.me.value?.account.username
  if (invited.channel === null) {
    return html`<p>${t('You have an account here already.')} <a href="#/live">${t('Go to CrossChat')}</a></p>`
  }
  return html`
    <form class="form" onSubmit=${form.onSubmit}>
      ${h(FormError, { form })}
      ${h(Button, { label: t('Accept as {name}', { name: me ?? '' }), icon: Check, tone: 'primary', submit: true, class: 'button-wide', off: form.busy.value || form.wait.value > 0 })}
      <p class="outside-foot">
        ${tx('{other} or {decline}', {
          other: html`<button type="button" class="link" onClick=${() => void panel.leave()}>${t('Use another account')}</button>`,
          decline: html`<a href="#/live">${t('do not accept')}</a>`,
        })}
      </p>
    </form>
  `
}

/** For whoever is not: a new account, or the one they have. Signing in leads back to the question. */
function Enter({ panel, token, invited }: OpenProps): View {
  const closed = panel.door.value?.registration === 'closed'
  const known = useSignal(false)
  const turn = () => {
    known.value = !known.value
  }
  if (closed || known.value) {
    return html`
      <p class="invited-means">${t('Sign in first, then accept.')}</p>
      ${h(LoginForm, { panel, idPrefix: 'invited' })}
      ${!closed && html`<p class="outside-foot">${t('No account yet?')} <button type="button" class="link" onClick=${turn}>${t('Make an account')}</button></p>`}
    `
  }
  const invite = { token, joins: invited.channel !== null }
  return html`
    ${h(RegisterForm, { panel, token: null, tokenWanted: false, invite })}
    <p class="outside-foot">${t('Already have an account?')} <button type="button" class="link" onClick=${turn}>${t('Sign in')}</button></p>
  `
}

/** Goes to work in the channel that has just been joined. */
export function arrive(panel: Panel, me: MeView): void {
  const joined = me.channels.at(-1)
  if (joined !== undefined) panel.works.workIn(joined.id)
  panel.me.value = me
  location.hash = '#/live'
}
