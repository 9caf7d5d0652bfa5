import { h } from 'preact'
import type { FeedState } from '../state.ts'
import { html } from './html.ts'
import { Row } from './row.ts'

export type Connection = 'live' | 'retry'

interface Props {
  state: FeedState
  connection: Connection
  /** Rows that can be seen at once; older ones do not become nodes. */
  fits: number
}

/** The list. With nothing in it, nothing is drawn; how the connection stands is said in an attribute alone. */
export function Feed({ state, connection, fits }: Props) {
  const { rows, settings, platforms } = state
  return html`<ol class="cc-feed" data-theme=${settings.theme} data-layout="stack" data-dir="up" data-state=${connection}>
    ${rows.slice(-fits).map(({ id, event, enters, leaves }) => {
      const about = platforms[event.platform]
      return h(Row, { key: id, event, about, settings, enters, leaves })
    })}
  </ol>`
}
