import { html, type View } from '../html.ts'
import type { Author, Role } from '../state/model.ts'

/** Marks and no words: they stand so on the overlays, too, in whatever language the panel is read. */
const PILLS: Record<Role, string> = {
  owner: 'OWNER',
  staff: 'STAFF',
  mod: 'MOD',
  vip: 'VIP',
  sub: 'SUB',
  verified: 'VERIFIED',
  bot: 'BOT',
}
const ORDER = Object.keys(PILLS) as Role[]
const MAX_PILLS = 3

/** What somebody is, as words; first messages last. */
export function Badges({ author, first }: { author: Author; first?: boolean }): View[] {
  const roles = ORDER.filter((role) => author.roles.includes(role)).slice(0, MAX_PILLS)
  const pills = roles.map((role) => pill(role, PILLS[role]))
  return first ? [...pills, pill('first', 'FIRST')] : pills
}

function pill(kind: string, word: string): View {
  return html`<span class="badge" data-badge=${kind}>${word}</span>`
}
