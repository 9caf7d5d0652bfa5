import { h } from 'preact'
import type { MemberView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { FormError, useForm } from '../parts/form.ts'
import type { Panel } from '../state/panel.ts'

export interface LeaveDialogProps {
  panel: Panel
  member: MemberView
  again: () => Promise<void>
  onClose: () => void
}

/** Somebody is sent away, or goes. */
export function LeaveDialog({ panel, member, again, onClose }: LeaveDialogProps): View {
  const channel = panel.works.here.value?.name ?? ''
  const words = member.you ? goingOf(channel) : sendingOf(member.name, channel)
  const form = useForm(async () => {
    if (!member.you) {
      await panel.api.removeMember(member.id)
      onClose()
      panel.toasts.ok(t('{name} works here no longer.', { name: member.name }))
      return again()
    }
    await panel.api.leaveChannel()
    onClose()
    await panel.enter()
    location.hash = '#/live'
  })
  return h(
    Dialog,
    { id: 'leave', title: words.title, onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>${words.consequence}</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: words.keep, onPress: onClose })}
          ${h(Button, { label: words.act, tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}

interface Said {
  title: string
  consequence: string
  keep: string
  act: string
}

function sendingOf(name: string, channel: string): Said {
  return {
    title: t('Remove {name}?', { name }),
    consequence: t(
      '{name} sees nothing of {channel} any more, and panels that show it are closed at once. What they did stays in the moderation log. To come back they need a new invitation. Docks have addresses of their own: if {name} has one, give it a new address as well.',
      { name, channel },
    ),
    keep: t('Keep {name}', { name }),
    act: t('Remove {name}', { name }),
  }
}

function goingOf(channel: string): Said {
  return {
    title: t('Leave {channel}?', { channel }),
    consequence: t('You see nothing of {channel} any more. To come back you need a new invitation.', { channel }),
    keep: t('Stay'),
    act: t('Leave {channel}', { channel }),
  }
}
