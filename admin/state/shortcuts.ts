import type { KeyMap } from '../keyboard.ts'
import { setPaused } from './feed.ts'
import type { Panel } from './panel.ts'

/** What each key does. Keys for the feed do nothing where there is no feed. */
export function shortcuts(panel: Panel, view: Window): KeyMap {
  const { document } = view
  const go = (hash: string) => () => {
    view.location.hash = hash
  }
  return {
    '/': () => document.getElementById('filter')?.focus(),
    ' ': () => {
      if (document.getElementById('feed')) panel.feed.value = setPaused(panel.feed.value, !panel.feed.value.paused)
    },
    j: () => step(document, 1),
    k: () => step(document, -1),
    h: () => selected(document)?.querySelector<HTMLElement>('.row-actions button')?.click(),
    '?': () => {
      panel.help.value = true
    },
    'g l': go('#/live'),
    'g h': go('#/history'),
    'g s': go('#/history'),
    'g o': go('#/overlays'),
    'g m': go('#/moderation'),
    'g a': go('#/accounts'),
  }
}

const ROWS = '.row, .divider, .gap-row'

function selected(document: Document): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(ROWS) ?? null
}

/** To the next or previous row; from nowhere to the newest. */
function step(document: Document, by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)]
  const from = selected(document)
  const at = from ? rows.indexOf(from) : -1
  const next = at < 0 ? rows[rows.length - 1] : rows[at + by]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}
