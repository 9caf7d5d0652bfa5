import { Ellipsis, EyeOff, Star, Undo2 } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import type { Row } from '../state/feed.ts'
import type { Message, Notice } from '../state/model.ts'
import type { RowHands } from '../state/moderating.ts'
import { Button } from './button.ts'

/** What a row of the live feed may call. The same object for as long as the page lives, so that rows stand still. */
export interface RowDesk {
  /** Null for whoever only looks. */
  hands: RowHands | null
  person(n: number): void
  menu(n: number, button: Element): void
}

export interface RowActionsProps {
  n: number
  event: Message | Notice
  desk: RowDesk
  hands: RowHands
  featured: boolean
  removedBy: Row['removedBy']
  withAuthor: true | undefined
}

/** What can be done to a row; a hidden one can be shown again. */
export function RowActions({ n, event, desk, hands, featured, removedBy, withAuthor }: RowActionsProps): View {
  const name = event.author?.name
  const button = (label: string, icon: typeof EyeOff, act: (button: Element) => void) =>
    h(Button, { label, icon, tone: 'ghost', bare: true, untabbed: true, onPress: (press) => onRow(press, act) })
  const more = button(byOr(name, 'More about this message by {name}', 'More about this message'), Ellipsis, (pressed) =>
    desk.menu(n, pressed),
  )
  if (removedBy === 'panel') {
    const all = withAuthor === true && name !== undefined
    const undo = () => hands.undo({ event, ...(all && { withAuthor: true as const }) })
    return html`<div class="row-actions">${button(
      all
        ? t('Show all by {name} again', { name })
        : byOr(name, 'Show this message by {name} again', 'Show this message again'),
      Undo2,
      undo,
    )}${more}</div>`
  }
  if (removedBy !== undefined || event.hidden !== undefined) return html`<div class="row-actions">${more}</div>`
  return html`
    <div class="row-actions" data-featured=${featured ? '' : undefined}>
      ${button(byOr(name, 'Hide this message by {name}', 'Hide this line'), EyeOff, () => hands.hide({ event }))}
      ${button(
        featured
          ? t('Take down from the overlays')
          : byOr(name, 'Feature this message by {name}', 'Feature this message'),
        Star,
        () => hands.feature(featured ? null : { event }),
      )}
      ${more}
    </div>
  `
}

type Named =
  | 'More about this message by {name}'
  | 'Show this message by {name} again'
  | 'Hide this message by {name}'
  | 'Feature this message by {name}'

/** Platforms say things, too, that nobody wrote. */
function byOr(name: string | undefined, by: Named, otherwise: Text): string {
  return name === undefined ? t(otherwise) : t(by, { name })
}

/** The button may be gone once it has done its work; the focus then stays on its row. */
function onRow({ currentTarget }: MouseEvent, act: (button: Element) => void): void {
  if (!(currentTarget instanceof HTMLElement)) return
  const row = currentTarget.closest<HTMLElement>('.row')
  act(currentTarget)
  row?.focus({ preventScroll: true })
}
