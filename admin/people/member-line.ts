import { useSignal } from '@preact/signals'
import { LogOut, UserMinus } from 'lucide'
import { h } from 'preact'
import type { MemberView } from '../../server/api.ts'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { LeaveDialog } from './leave-dialog.ts'
import { MEMBER_ROLES, type MemberRole, ROLE_LABELS, ROLE_MARKS } from './roles.ts'

const NOW = {
  moderator: '{name} is a moderator now.',
  viewer: '{name} is a viewer now.',
} as const satisfies Record<MemberRole, string>

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
        <p><strong><bdi>${name}</bdi></strong>${you && html` <span class="scope">${t('you')}</span>`}</p>
        <p class="faint">${role === 'owner' ? t('Made the channel {time}', { time: dayAndTime(since) }) : t('Joined {time}', { time: dayAndTime(since) })}</p>
      </div>
      <div class="person-acts">
        ${changeable ? h(RoleChoice, { panel, member, again }) : html`<span class="scope">${t(ROLE_MARKS[role])}</span>`}
        ${changeable && h(Button, { label: t('Remove {name}', { name }), icon: UserMinus, tone: 'ghost', bare: true, onPress })}
        ${you && role !== 'owner' && h(Button, { label: t('Leave the channel'), icon: LogOut, onPress })}
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
  const change = async (role: MemberRole) => {
    busy.value = true
    try {
      await panel.api.setRole(member.id, role)
      panel.toasts.ok(t(NOW[role], { name: member.name }))
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    } finally {
      await again()
      busy.value = false
    }
  }
  const onChange = (event: Event) => void change((event.currentTarget as HTMLSelectElement).value as MemberRole)
  return html`
    <select class="person-role" aria-label=${t('Role of {name}', { name: member.name })} aria-busy=${busy.value ? 'true' : undefined} value=${member.role} onChange=${onChange}>
      ${MEMBER_ROLES.map((role) => html`<option value=${role} selected=${role === member.role}>${t(ROLE_LABELS[role])}</option>`)}
    </select>
  `
}
