import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { ResetLinkView, TenantView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'
import { TypedConfirm } from '../parts/typed-confirm.ts'
import { minuteOfDay } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { bytes } from '../state/units.ts'

export interface TenantDialogProps {
  panel: Panel
  tenant: TenantView
  changed: () => void
  onClose: () => void
}

export function SuspendDialog({ panel, tenant: { id, username }, changed, onClose }: TenantDialogProps): View {
  const run = async () => {
    await panel.api.suspend(id, true)
    onClose()
    panel.toasts.ok(t('{name} is suspended.', { name: username }))
    changed()
  }
  return h(
    Dialog,
    { id: 'suspend', title: t('Suspend {name}?', { name: username }), onClose },
    html`
      <ul class="consequences">
        <li>${t('They are signed out everywhere at once and cannot sign in.')}</li>
        <li>${t('Their API keys are refused.')}</li>
        <li>${t('What is followed goes on, overlays and docks in OBS too: no broadcast breaks off. A stream that runs is still archived.')}</li>
        <li>${t('Nothing is deleted. You can let them in again at any time.')}</li>
      </ul>
    `,
    h(TypedConfirm, { id: 'suspend-name', name: username, label: t('Suspend {name}', { name: username }), run }),
  )
}

export function RemoveDialog({ panel, tenant, changed, onClose }: TenantDialogProps): View {
  const { id, username, use } = tenant
  const run = async () => {
    await panel.api.removeTenant(id, username)
    onClose()
    panel.toasts.ok(t('{name} and all that was kept of the channel are gone.', { name: username }))
    changed()
  }
  return h(
    Dialog,
    { id: 'remove', title: t('Remove {name} for good?', { name: username }), onClose },
    html`
      <ul class="consequences">
        <li>${tn(use.streams, '{n} stream with {size} of transcripts is deleted. A stream that runs ends.', '{n} streams with {size} of transcripts are deleted. A stream that runs ends.', { size: bytes(use.bytes) })}</li>
        <li>${tn(use.overlays, '{n} overlay goes dark in OBS at once, and docks too.', '{n} overlays go dark in OBS at once, and docks too.')}</li>
        <li>${t('Followed chats, rules, invitations, members and API keys of the channel are gone.')}</li>
        <li>${t('This cannot be undone. The name is free for somebody else afterwards.')}</li>
      </ul>
    `,
    h(TypedConfirm, { id: 'remove-name', name: username, label: t('Remove {name}', { name: username }), run }),
  )
}

/** The owner hands a link over and never learns the password. */
export function ResetDialog({ panel, tenant: { id, username }, onClose }: TenantDialogProps): View {
  const link = useSignal<ResetLinkView | null>(null)
  const make = useAction(panel, async () => {
    link.value = await panel.api.resetLink(id)
  })
  return h(
    Dialog,
    { id: 'reset', title: t('A new password for {name}', { name: username }), onClose },
    link.value === null
      ? html`
          <p>${t('You get a link to hand over. Whoever opens it chooses a new password, once and within an hour; then all sessions of {name} end. Until then the old password holds. An older link is dead.', { name: username })}</p>
          <div class="dialog-foot">
            ${h(Button, { label: t('Cancel'), onPress: onClose })}
            ${h(Button, { label: t('Make the link'), tone: 'primary', off: make.busy, onPress: make.run })}
          </div>
        `
      : html`
          <p>${t('Copy it now; it is shown this one time only. It is good until {time}. Whoever has it can take the account over.', { time: minuteOfDay(link.value.until) })}</p>
          <p class="secret"><code>${link.value.url}</code></p>
          <div class="dialog-foot">
            ${h(CopyButton, { text: link.value.url, label: t('Copy link'), tone: 'primary' })}
            ${h(Button, { label: t('I have it'), onPress: onClose })}
          </div>
        `,
  )
}
