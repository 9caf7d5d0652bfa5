import { h } from 'preact'
import type { View } from '../html.ts'
import type { Panel } from '../state/panel.ts'
import { PersonDialog } from './person-dialog.ts'
import { RowMenu } from './row-menu.ts'
import { WordDialog } from './word-dialog.ts'

/** What is open about a row of the feed, if anything is. */
export function OverRow({ panel }: { panel: Panel }): View | null {
  const { opened } = panel.desk
  const now = opened.value
  if (now === null) return null
  const row = panel.feed.value.rows.find(({ n }) => n === now.row.n) ?? now.row
  const { event } = row
  if (event.kind === 'clear') return null
  const onClose = () => {
    opened.value = null
  }
  if (now.what === 'menu') return h(RowMenu, { panel, row, event, at: now.at, onClose })
  if (now.what === 'word') return h(WordDialog, { panel, event, onClose })
  return event.author ? h(PersonDialog, { panel, row, event, author: event.author, onClose }) : null
}
