import { useSignal } from '@preact/signals'
import { Link } from 'lucide'
import { h } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { InviteView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { BoundSegments, BoundText } from '../parts/bound.ts'
import { CardForm } from '../parts/card-form.ts'
import { CopyButton } from '../parts/copy.ts'
import { useForm } from '../parts/form.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { MEMBER_ROLES, type MemberRole, ROLE_LABELS, ROLE_MEANS } from './roles.ts'

const MAX_NAME = 50

/** Makes an invitation and shows its link, which is shown this once. */
export function InviteForm({ panel, again }: { panel: Panel; again: () => Promise<void> }): View {
  const name = useSignal('')
  const role = useSignal<MemberRole>('moderator')
  const made = useSignal<InviteView | null>(null)
  const form = useForm(async () => {
    made.value = await panel.api.invite({ role: role.value, name: name.value.trim() })
    name.value = ''
    await again()
  })
  return h(
    CardForm,
    {
      form,
      title: t('Invite somebody'),
      act: t('Make invitation'),
      icon: Link,
      outcome: made.value && h(Made, { key: made.value.id, invite: made.value }),
    },
    html`
      <div class="field">
        ${h(BoundSegments<MemberRole>, {
          to: role,
          label: t('What they will be'),
          options: MEMBER_ROLES.map((value) => ({ value, label: t(ROLE_LABELS[value]) })),
        })}
        <p class="field-hint">${t(ROLE_MEANS[role.value])}</p>
      </div>
    `,
    h(BoundText, {
      to: name,
      id: 'invite-name',
      label: t('For whom (optional)'),
      hint: t('So that you know which one to take back. Only you see it.'),
      error: form.fields.value.name,
      input: { maxlength: MAX_NAME, autocomplete: 'off' },
    }),
  )
}

function Made({ invite }: { invite: InviteView; key?: string }): View {
  const { url = '', expiresAt } = invite
  const place = useRef<HTMLInputElement>(null)
  useEffect(() => place.current?.focus(), [])
  const select = (event: FocusEvent) => (event.currentTarget as HTMLInputElement).select()
  return html`
    <div class="made" role="group" aria-label=${t('New invitation')}>
      <p><strong>${t('Copy the link now: it is not shown again.')}</strong> ${t('It lets one person in, until {time}.', { time: dayAndTime(expiresAt) })}</p>
      <div class="with-copy">
        <input type="text" readonly aria-label=${t('Link of the invitation')} ref=${place} value=${url} onFocus=${select} />
        ${h(CopyButton, { text: url, label: t('Copy link'), tone: 'primary' })}
      </div>
    </div>
  `
}
