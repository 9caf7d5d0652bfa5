import type { Row } from '../state/feed.ts'
import type { Panel } from '../state/panel.ts'

/** Who wrote the row, if anybody did. */
export function openPerson({ desk }: Panel, row: Row): void {
  if (row.event.kind !== 'clear' && row.event.author) desk.opened.value = { what: 'person', row, at: { x: 0, y: 0 } }
}

/** What else can be done to the row; opens beneath the button. */
export function openMenu({ desk }: Panel, row: Row, button: Element): void {
  const { right, bottom } = button.getBoundingClientRect()
  desk.opened.value = { what: 'menu', row, at: { x: right, y: bottom } }
}
