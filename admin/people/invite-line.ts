import { Undo2 } from 'lucide'
import { h } from 'preact'
import type { InviteView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

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
        <p><strong><bdi>${invite.name || 'For whoever has the link'}</bdi></strong> <span class="scope">${invite.role}</span></p>
        <p class="faint">Until ${dayAndTime(invite.expiresAt)}</p>
      </div>
      ${h(Button, { label: 'Take back', icon: Undo2, off: action.busy, onPress: action.run })}
    </li>
  `
}
