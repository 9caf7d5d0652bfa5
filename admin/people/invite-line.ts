import { Undo2 } from 'lucide'
import { h } from 'preact'
import type { InviteView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { ROLE_MARKS } from './roles.ts'

export interface InviteLineProps {
  panel: Panel
  invite: InviteView
  again: () => Promise<void>
  key?: string
}

/** An invitation that nobody has used. Taking one back harms nobody: it can be made anew. */
export function InviteLine({ panel, invite, again }: InviteLineProps): View {
  const action = useAction(panel, async () => {
    await panel.api.revokeInvite(invite.id)
    await again()
  })
  return html`
    <li class="key-line person">
      <div>
        <p><strong><bdi>${invite.name || t('For whoever has the link')}</bdi></strong> ${invite.role !== null && html`<span class="scope">${t(ROLE_MARKS[invite.role])}</span>`}</p>
        <p class="faint">${t('Until {time}', { time: dayAndTime(invite.expiresAt) })}</p>
      </div>
      ${h(Button, { label: t('Take back'), icon: Undo2, off: action.busy, onPress: action.run })}
    </li>
  `
}
