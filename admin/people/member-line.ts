import { useSignal } from '@preact/signals'
import { LogOut, UserMinus } from 'lucide'
import { h } from 'preact'
import type { MemberView } from '../../server/api.ts'
import type { ChannelRole } from '../../server/protocol.ts'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { MEMBER_ROLES } from '../state/roles.ts'
import { LeaveDialog } from './leave-dialog.ts'

export interface MemberLineProps {
  panel: Panel
  member: MemberView
  /** Asks for the list once more. */
  again: () => Promise<void>
  key?: string
}

/** One person: what they are here, and for the owner what may be changed about it. */
export function MemberLine({ panel, member, again }: MemberLineProps): View {
  const asking = useSignal(false)
  const { name, role, since, you } = member
  const changeable = role !== 'owner' && panel.works.may('owner')
  const onPress = () => {
    asking.value = true
  }
  return html`
    <li class="key-line person">
      <div>
        <p><strong><bdi>${name}</bdi></strong>${you && html` <span class="scope">you</span>`}</p>
        <p class="faint">${role === 'owner' ? 'Made the channel' : 'Joined'} ${dayAndTime(since)}</p>
      </div>
      <div class="person-acts">
        ${changeable ? h(RoleChoice, { panel, member, again }) : html`<span class="scope">${role}</span>`}
        ${changeable && h(Button, { label: `Remove ${name}`, icon: UserMinus, tone: 'ghost', bare: true, onPress })}
        ${you && role !== 'owner' && h(Button, { label: 'Leave the channel', icon: LogOut, onPress })}
      </div>
      ${
        asking.value &&
        h(LeaveDialog, {
          panel,
          member,
          again,
          onClose: () => {
            asking.value = false
          },
        })
      }
    </li>
  `
}

function RoleChoice({ panel, member, again }: Omit<MemberLineProps, 'key'>): View {
  const busy = useSignal(false)
  const change = async (role: ChannelRole) => {
    busy.value = true
    try {
      await panel.api.setRole(member.id, role)
      panel.toasts.ok(`${member.name} is a ${role} now.`)
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    } finally {
      await again()
      busy.value = false
    }
  }
  const onChange = (event: Event) => void change((event.currentTarget as HTMLSelectElement).value as ChannelRole)
  return html`
    <select class="person-role" aria-label=${`Role of ${member.name}`} aria-busy=${busy.value ? 'true' : undefined} value=${member.role} onChange=${onChange}>
      ${MEMBER_ROLES.map(({ value, label }) => html`<option value=${value} selected=${value === member.role}>${label}</option>`)}
    </select>
  `
}
