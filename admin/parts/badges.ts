import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import type { Author, Role } from '../state/model.ts'

const PILLS: Record<Role, Text> = {
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
  const pills = roles.map((role) => pill(role, t(PILLS[role])))
  return first ? [...pills, pill('first', t('FIRST'))] : pills
}

function pill(kind: string, word: string): View {
  return html`<span class="badge" data-badge=${kind}>${word}</span>`
}
