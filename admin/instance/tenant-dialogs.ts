import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { ResetLinkView, TenantView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'
import { TypedConfirm } from '../parts/typed-confirm.ts'
import { counted, minuteOfDay } from '../state/format.ts'
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
    panel.toasts.ok(`${username} is suspended.`)
    changed()
  }
  return h(
    Dialog,
    { id: 'suspend', title: `Suspend ${username}?`, onClose },
    html`
      <ul class="consequences">
        <li>They are signed out everywhere at once and cannot sign in.</li>
        <li>Their API keys are refused.</li>
        <li>What is followed goes on, overlays and docks in OBS too: no broadcast breaks off. A stream that runs is still archived.</li>
        <li>Nothing is deleted. You can let them in again at any time.</li>
      </ul>
    `,
    h(TypedConfirm, { id: 'suspend-name', name: username, label: `Suspend ${username}`, run }),
  )
}

export function RemoveDialog({ panel, tenant, changed, onClose }: TenantDialogProps): View {
  const { id, username, use } = tenant
  const run = async () => {
    await panel.api.removeTenant(id, username)
    onClose()
    panel.toasts.ok(`${username} and all that was kept of the channel are gone.`)
    changed()
  }
  return h(
    Dialog,
    { id: 'remove', title: `Remove ${username} for good?`, onClose },
    html`
      <ul class="consequences">
        <li>${counted(use.streams, 'stream', 'streams')} with ${bytes(use.bytes)} of transcripts are deleted. A stream that runs ends.</li>
        <li>${counted(use.overlays, 'overlay goes', 'overlays go')} dark in OBS at once, and docks too.</li>
        <li>Followed chats, rules, invitations, members and API keys of the channel are gone.</li>
        <li>This cannot be undone. The name is free for somebody else afterwards.</li>
      </ul>
    `,
    h(TypedConfirm, { id: 'remove-name', name: username, label: `Remove ${username}`, run }),
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
    { id: 'reset', title: `A new password for ${username}`, onClose },
    link.value === null
      ? html`
          <p>
            You get a link to hand over. Whoever opens it chooses a new password, once and within an hour; then all sessions of
            ${' '}${username} end. Until then the old password holds. An older link is dead.
          </p>
          <div class="dialog-foot">
            ${h(Button, { label: 'Cancel', onPress: onClose })}
            ${h(Button, { label: 'Make the link', tone: 'primary', off: make.busy, onPress: make.run })}
          </div>
        `
      : html`
          <p>Copy it now; it is shown this one time only. It is good until ${minuteOfDay(link.value.until)}. Whoever has it can take the account over.</p>
          <p class="secret"><code>${link.value.url}</code></p>
          <div class="dialog-foot">
            ${h(CopyButton, { text: link.value.url, label: 'Copy link', tone: 'primary' })}
            ${h(Button, { label: 'I have it', onPress: onClose })}
          </div>
        `,
  )
}
