import type { Role } from '../words.ts'
import { html } from './html.ts'

/** Roles as text pills; a row carries the weightiest few. */

const MAX_BADGES = 3
const LABELS: ReadonlyArray<readonly [Role | 'first', string]> = [
  ['owner', 'OWNER'],
  ['staff', 'STAFF'],
  ['mod', 'MOD'],
  ['vip', 'VIP'],
  ['bot', 'BOT'],
  ['sub', 'SUB'],
  ['verified', '✓'],
  ['first', 'FIRST'],
]

export function Badges({ roles }: { roles: readonly string[] }) {
  const shown = LABELS.filter(([role]) => roles.includes(role)).slice(0, MAX_BADGES)
  return shown.map(([role, label]) => html`<i class="cc-badge" data-badge=${role} key=${role}>${label}</i>`)
}
