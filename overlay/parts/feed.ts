import { h } from 'preact'
import type { FeedState } from '../state.ts'
import type { Drawable } from '../words.ts'
import { Row } from './row.ts'
import { tag } from './tag.ts'

export type Connection = 'live' | 'retry'

interface Props {
  /** Null until the server has said what there is. */
  state: FeedState | null
  connection: Connection
  /** Rows that can be seen at once; older ones do not become nodes. */
  fits: number
}

/** The list. With nothing in it, nothing is drawn; how the connection stands is said in an attribute alone. */
export function Feed({ state, connection, fits }: Props) {
  if (!state) return tag('ol', 'feed', { 'data-state': connection })
  const { rows, settings, platforms, featured } = state
  const shown = rows.slice(-fits)
  const isPinned = (id: string) => settings.featured !== 'off' && id === featured?.id
  const inside = shown.map(({ id, event, enters, leaves }, i) => {
    const grouped = settings.groupSameUser && isSamePerson(event, shown[i - 1]?.event)
    const about = platforms[event.platform]
    return h(Row, { key: id, event, about, settings, enters, leaves, featured: isPinned(id), grouped })
  })
  const look = {
    'data-theme': settings.theme,
    'data-layout': settings.theme === 'ticker' ? 'ticker' : 'stack',
    'data-dir': settings.anchor === 'top' ? 'down' : 'up',
    'data-align': settings.align,
    'data-state': connection,
    'data-empty': rows.length === 0 ? '' : undefined,
    dir: settings.direction === 'auto' ? undefined : settings.direction,
  }
  const panel = settings.featured === 'panel' && featured
  const row = panel && h(Row, { event: panel, about: platforms[panel.platform], settings, featured: true })
  return [tag('ol', 'feed', look, inside), row && tag('ol', 'featured', look, row)]
}

function isSamePerson(event: Drawable, before: Drawable | undefined): boolean {
  if (event.kind !== 'message' || before?.kind !== 'message' || event.reply || event.money) return false
  return event.platform === before.platform && event.author.id === before.author.id
}
