import { CircleAlert, type IconNode, Info, Pencil, RotateCw, Settings2, TriangleAlert } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { retryWordOf, type SourceState, troubleOf } from '../state/condition.ts'
import type { AccountProps } from './account.ts'
import { useAction } from './action.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'

const ICONS: Partial<Record<SourceState, IconNode>> = { waiting: Info, attention: TriangleAlert }

export interface TroubleProps extends AccountProps {
  /** Null while it is being changed. */
  rename: (() => void) | null
  openSettings: () => void
}

/** What is wrong or waited for, with what helps. */
export function AccountTrouble({ panel, about, view, rename, openSettings }: TroubleProps): View | null {
  const action = useAction(panel, () => panel.sources.retry(about.id))
  const text = view.enabled ? troubleOf(view) : null
  if (text === null) return null
  const word = retryWordOf(view.state)
  const helpless = view.state === 'attention'
  const { fields, hook } = about.source
  // What waits may wait for deliveries, whose address stands there.
  const settable = (helpless && fields.length > 0) || (view.state === 'waiting' && hook !== undefined)
  return html`
    <div class="trouble" data-state=${view.state}>
      ${h(Icon, { icon: ICONS[view.state] ?? CircleAlert, size: 20 })}
      <p>${text}</p>
      <div class="button-row">
        ${word !== null && h(Button, { label: word, icon: RotateCw, tone: helpless ? 'primary' : 'plain', off: action.busy, onPress: action.run })}
        ${helpless && rename && h(Button, { id: `${about.id}-rename`, label: t('Change name'), icon: Pencil, onPress: rename })}
        ${settable && h(Button, { label: t('Settings'), icon: Settings2, onPress: openSettings })}
      </div>
    </div>
  `
}
