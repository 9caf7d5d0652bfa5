import type { Panel } from '../state/panel.ts'
import { selectedRow, step } from '../state/shortcuts.ts'
import { openPerson } from './row-openers.ts'

/**
 * Keys within the feed, which is one tab stop: up and down go from row to row, right and left to a row's buttons, Enter to who
 * wrote it. They are no single letters and so hold also where those are switched off.
 */
export function feedKeys(panel: Panel): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    if (actOn(panel, event)) event.preventDefault()
  }
}

function actOn(panel: Panel, { key, target }: KeyboardEvent): boolean {
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    step(document, key === 'ArrowDown' ? 1 : -1)
    return true
  }
  if (key === 'ArrowRight' || key === 'ArrowLeft') return sideways(key === 'ArrowRight' ? 1 : -1)
  const onRow = target instanceof Element && target.matches('.row')
  const row = key === 'Enter' && onRow ? selectedRow(panel, document) : null
  if (row === null) return false
  openPerson(panel, row)
  return true
}

/** Left of the first button is the row itself. */
function sideways(by: 1 | -1): boolean {
  const row = document.activeElement?.closest<HTMLElement>('#feed .row')
  if (!row) return false
  const stops = [row, ...row.querySelectorAll<HTMLElement>('.row-actions button')]
  const at = stops.findIndex((stop) => stop.matches(':focus'))
  stops[Math.max(0, at) + by]?.focus({ preventScroll: true })
  return true
}
