import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { InstanceSettingsView, InviteView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { CopyButton } from '../parts/copy.ts'
import { Segments } from '../parts/field.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

type Mode = InstanceSettingsView['registration']

const MODES: readonly { value: Mode; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'invite', label: 'By invitation' },
  { value: 'closed', label: 'Closed' },
]
const MEANS: Record<Mode, string> = {
  open: 'Anybody who reaches this address can make an account with a channel.',
  invite: 'Only somebody with an invitation can make an account.',
  closed: 'Nobody can make an account. Those who have one are not touched.',
}

interface RegistrationProps {
  panel: Panel
  settings: InstanceSettingsView
  changed: () => void
}

/** Who may make an account. */
export function RegistrationCard({ panel, settings, changed }: RegistrationProps): View {
  const { registration, registrationFrom } = settings
  const picked = useSignal<Mode>(registration)
  const set = useAction(panel, async () => {
    await panel.api.setInstance({ registration: picked.value })
    panel.toasts.ok(MEANS[picked.value])
    changed()
  })
  const onPick = (mode: Mode) => {
    picked.value = mode
    if (mode !== registration) set.run()
  }
  const label = MODES.find(({ value }) => value === registration)?.label ?? registration
  return h(
    Card,
    { id: 'registration', title: 'Registration', class: 'instance-card' },
    html`
      ${
        registrationFrom === null
          ? h(Segments<Mode>, { label: 'Who may make an account', options: MODES, value: registration, onPick })
          : html`<p class="fixed"><strong>${label}</strong> <span class="muted">Fixed by <code>${registrationFrom}</code> in the environment of the server. Take it out there to decide it here.</span></p>`
      }
      <p class="muted" role="status">${MEANS[registration]}</p>
      ${registration === 'invite' && h(Invitation, { panel })}
    `,
  )
}

function Invitation({ panel }: { panel: Panel }): View {
  const invite = useSignal<InviteView | null>(null)
  const make = useAction(panel, async () => {
    invite.value = await panel.api.inviteToInstance()
  })
  const { url, expiresAt } = invite.value ?? { url: undefined, expiresAt: 0 }
  if (url === undefined) return h(Button, { label: 'Make an invitation', off: make.busy, onPress: make.run })
  return html`
    <div class="invitation">
      <p>For one person, until ${dayAndTime(expiresAt)}. It is shown this one time only.</p>
      <p class="secret"><code>${url}</code></p>
      ${h(CopyButton, { text: url, label: 'Copy invitation' })}
    </div>
  `
}
