import type { About, SourceView } from '../../server/protocol.ts'
import type { Panel } from '../state/panel.ts'

/** What every part of an account's card is given. */
export interface AccountProps {
  panel: Panel
  about: About
  view: SourceView
}

/** The id of a card's heading, to which the focus goes. */
export function headingOf(platform: string): string {
  return `account-${platform}`
}
