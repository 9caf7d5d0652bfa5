import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { InstanceSettingsView, InviteView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { type Text, t, tx } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { CopyButton } from '../parts/copy.ts'
import { Segments } from '../parts/field.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

type Mode = InstanceSettingsView['registration']

const MODES: readonly { value: Mode; label: Text }[] = [
  { value: 'open', label: 'Open|to everybody' },
  { value: 'invite', label: 'By invitation' },
  { value: 'closed', label: 'Closed' },
]
const MEANS: Readonly<Record<Mode, Text>> = {
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
    panel.toasts.ok(t(MEANS[picked.value]))
    changed()
  })
  const onPick = (mode: Mode) => {
    picked.value = mode
    if (mode !== registration) set.run()
  }
  const options = MODES.map(({ value, label }) => ({ value, label: t(label) }))
  const label = options.find(({ value }) => value === registration)?.label ?? registration
  return h(
    Card,
    { id: 'registration', title: t('Registration'), class: 'instance-card' },
    html`
      ${
        registrationFrom === null
          ? h(Segments<Mode>, { label: t('Who may make an account'), options, value: registration, onPick })
          : html`<p class="fixed"><strong>${label}</strong> <span class="muted">${tx('Fixed by {setting} in the environment of the server. Take it out there to decide it here.', { setting: html`<code>${registrationFrom}</code>` })}</span></p>`
      }
      <p class="muted" role="status">${t(MEANS[registration])}</p>
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
  if (url === undefined) return h(Button, { label: t('Make an invitation'), off: make.busy, onPress: make.run })
  return html`
    <div class="invitation">
      <p>${t('For one person, until {time}. It is shown this one time only.', { time: dayAndTime(expiresAt) })}</p>
      <p class="secret"><code>${url}</code></p>
      ${h(CopyButton, { text: url, label: t('Copy invitation') })}
    </div>
  `
}
