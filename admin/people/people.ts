import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { InviteView, MemberView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { InviteForm } from './invite-form.ts'
import { InviteLine } from './invite-line.ts'
import { MemberLine } from './member-line.ts'

/** Who works in the channel, and who may come. */
export function People({ panel }: { panel: Panel }): View {
  useTitle(t('People'))
  const members = useMemo(() => new Resource<MemberView[]>(async () => (await panel.api.members()).items), [])
  useEffect(() => void members.load(), [])
  const loaded = members.now.value
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('People')}</h1>
        <p class="muted">${tx('Who works in {channel}, each with an account of their own.', { channel: html`<bdi>${panel.works.here.value?.name}</bdi>` })}</p>
      </header>
      ${loaded.state === 'loading' && h(Skeleton, { rows: 3 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The members could not be loaded.'), error: loaded.error, again: () => void members.load() })}
      ${loaded.state === 'ready' && h(Members, { panel, list: loaded.value, again: () => members.load() })}
      ${panel.works.may('owner') && h(Invites, { panel })}
    </div>
  `
}

function Members({ panel, list, again }: { panel: Panel; list: MemberView[]; again: () => Promise<void> }): View {
  return html`
    <ul class="keys" aria-label=${t('Members')}>
      ${list.map((member) => h(MemberLine, { key: member.id, panel, member, again }))}
    </ul>
  `
}

function Invites({ panel }: { panel: Panel }): View {
  const invites = useMemo(() => new Resource<InviteView[]>(async () => (await panel.api.invites()).items), [])
  useEffect(() => void invites.load(), [])
  const loaded = invites.now.value
  const again = () => invites.load()
  return html`
    ${h(InviteForm, { panel, again })}
    ${loaded.state === 'failed' && h(Failed, { what: t('The invitations could not be loaded.'), error: loaded.error, again: () => void again() })}
    ${
      loaded.state === 'ready' &&
      loaded.value.length > 0 &&
      html`
        <section class="people-open" aria-labelledby="open-invites">
          <h2 id="open-invites">${t('Open invitations')}</h2>
          <ul class="keys">${loaded.value.map((invite) => h(InviteLine, { key: invite.id, panel, invite, again }))}</ul>
        </section>
      `
    }
  `
}
