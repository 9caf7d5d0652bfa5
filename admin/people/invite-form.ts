import { useSignal } from '@preact/signals'
import { Link } from 'lucide'
import { h } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { InviteView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { CopyButton } from '../parts/copy.ts'
import { Segments, TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { MEMBER_ROLES, ROLE_MEANS } from '../state/roles.ts'

type MemberRole = (typeof MEMBER_ROLES)[number]['value']

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
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      <h2>Invite somebody</h2>
      <div class="field">
        ${h(Segments<MemberRole>, {
          label: 'What they will be',
          options: MEMBER_ROLES,
          value: role.value,
          onPick: (value) => {
            role.value = value
          },
        })}
        <p class="field-hint">${ROLE_MEANS[role.value]}</p>
      </div>
      ${h(TextField, {
        id: 'invite-name',
        label: 'For whom (optional)',
        hint: 'So that you know which one to take back. Only you see it.',
        value: name.value,
        onText: (text) => {
          name.value = text
        },
        error: form.fields.value.name,
        input: { maxlength: 50, autocomplete: 'off' },
      })}
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: 'Make invitation', icon: Link, tone: 'primary', submit: true, off: form.busy.value })}</div>
      ${made.value && h(Made, { key: made.value.id, invite: made.value })}
    </form>
  `
}

function Made({ invite }: { invite: InviteView; key?: string }): View {
  const { url = '', expiresAt } = invite
  const place = useRef<HTMLInputElement>(null)
  useEffect(() => place.current?.focus(), [])
  const select = (event: FocusEvent) => (event.currentTarget as HTMLInputElement).select()
  return html`
    <div class="made" role="group" aria-label="New invitation">
      <p><strong>Copy the link now: it is not shown again.</strong> It lets one person in, until ${dayAndTime(expiresAt)}.</p>
      <div class="with-copy">
        <input type="text" readonly aria-label="Link of the invitation" ref=${place} value=${url} onFocus=${select} />
        ${h(CopyButton, { text: url, label: 'Copy link', tone: 'primary' })}
      </div>
    </div>
  `
}
