import type { KeyMap } from '../keyboard.ts'
import { type Row, setPaused } from './feed.ts'
import type { RowHands } from './moderating.ts'
import type { Panel } from './panel.ts'

/** What each key does. Keys for the feed do nothing where there is no feed. */
export function shortcuts(panel: Panel, view: Window): KeyMap {
  const { document } = view
  const go = (hash: string) => () => {
    view.location.hash = hash
  }
  const onRow = (act: (hands: RowHands, row: Row) => unknown) => () => {
    const row = selectedRow(panel, document)
    if (row !== null && panel.works.may('moderator')) act(panel.desk.hands, row)
  }
  return {
    '/': () => document.getElementById('filter')?.focus(),
    ' ': () => {
      if (document.getElementById('feed')) panel.feed.value = setPaused(panel.feed.value, !panel.feed.value.paused)
    },
    j: () => step(document, 1),
    k: () => step(document, -1),
    h: onRow((hands, row) => row.removedBy === undefined && hands.hide(row)),
    u: onRow((hands, row) => row.removedBy === 'panel' && hands.undo(row)),
    f: onRow((hands, row) => hands.feature(panel.feed.peek().featured?.id === row.event.id ? null : row)),
    m: onRow((hands, row) => hands.mark(row)),
    H: () =>
      void (panel.works.may('moderator') && panel.api.panic(true).catch((error: Error) => panel.toasts.failed(error))),
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

/** The row of the live feed that has the focus; dividers have nothing to act on. */
export function selectedRow(panel: Panel, document: Document): Row | null {
  const n = Number(/^row-(\d+)$/.exec(selected(document)?.id ?? '')?.[1] ?? Number.NaN)
  if (!selected(document)?.closest('#feed')) return null
  return panel.feed.peek().rows.find((row) => row.n === n && row.event.kind !== 'clear') ?? null
}

/** To the next or previous row; from nowhere to the newest. */
export function step(document: Document, by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)]
  const from = selected(document)
  const at = from ? rows.indexOf(from) : -1
  const next = at < 0 ? rows[rows.length - 1] : rows[at + by]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}
