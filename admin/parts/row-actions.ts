import { EyeOff, Star, Undo2, UserX } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import type { Message, Notice } from '../state/model.ts'
import type { RowHands } from '../state/moderating.ts'
import { Button } from './button.ts'

export interface RowActionsProps {
  event: Message | Notice
  hands: RowHands
  featured: boolean
  /** Hidden here, so that it can be taken back; with all of its author's, if so. */
  hidden: 'alone' | 'with-author' | null
}

/** What can be done to a row; a hidden one can only be shown again. */
export function RowActions({ event, hands, featured, hidden }: RowActionsProps): View {
  const name = event.author?.name
  const by = name === undefined ? '' : ` by ${name}`
  const button = (label: string, icon: typeof EyeOff, onPress: () => void) =>
    h(Button, { label, icon, tone: 'ghost', bare: true, onPress })
  if (hidden !== null) {
    const all = hidden === 'with-author' && name !== undefined
    const undo = () => hands.undo({ event, ...(all && { withAuthor: true as const }) })
    return html`<div class="row-actions">${button(all ? `Show all by ${name} again` : `Show this message${by} again`, Undo2, undo)}</div>`
  }
  const feature = () => hands.feature(featured ? null : event.id)
  return html`
    <div class="row-actions" data-featured=${featured ? '' : undefined}>
      ${button(featured ? 'Take down from the overlays' : `Feature this message${by}`, Star, feature)}
      ${name !== undefined && button(`Hide ${name} and all they write`, UserX, () => hands.hidePerson({ event }))}
      ${button(name === undefined ? 'Hide this line' : `Hide this message${by}`, EyeOff, () => hands.hide(event.id))}
    </div>
  `
}
